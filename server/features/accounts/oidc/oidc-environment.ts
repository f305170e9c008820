import { z } from 'zod';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { isIssuerAddress, type OidcSettings, parseGroupRoles } from './oidc-settings.ts';

const DEFAULT_SCOPES = 'openid email profile';
const MAX_PROVIDER_NAME_CHARS = 40;

/** The environment variables of the identity provider; without `OIDC_ISSUER` there is none. */
export const oidcEnvironment = {
  OIDC_ISSUER: z
    .string()
    .refine(isIssuerAddress, 'must be the https address of the issuer (http only on loopback)')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().trim().min(1).max(MAX_PROVIDER_NAME_CHARS).default('single sign-on'),
  OIDC_SCOPES: z
    .string()
    .trim()
    .refine((scopes) => scopes.split(' ').includes('openid'), 'must contain openid')
    .default(DEFAULT_SCOPES),
  OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  OIDC_GROUP_ROLES: z
    .string()
    .default('')
    .transform((text, context) => {
      const parsed = parseGroupRoles(text);
      if (parsed.ok) return parsed.value;
      context.addIssue(parsed.failure);
      return z.NEVER;
    }),
  OIDC_LINK_BY_EMAIL: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  LOCAL_PASSWORDS: z.enum(['0', '1'], 'must be 1 or 0').default('1'),
};

type OidcEnvironment = z.output<z.ZodObject<typeof oidcEnvironment>>;

/** The settings of the identity provider; null without one. The failure is for the terminal. */
export function oidcSettingsFrom(values: OidcEnvironment): Result<OidcSettings | null, string> {
  if (values.OIDC_ISSUER === undefined) return ok(null);
  if (values.OIDC_CLIENT_ID === undefined) {
    return fail('OIDC_ISSUER needs OIDC_CLIENT_ID: the name of this server at the identity provider.');
  }
  return ok({
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID,
    clientSecret: values.OIDC_CLIENT_SECRET ?? null,
    name: values.OIDC_NAME,
    scopes: values.OIDC_SCOPES,
    groupsClaim: values.OIDC_GROUPS_CLAIM,
    groupRoles: values.OIDC_GROUP_ROLES,
    linksByEmail: values.OIDC_LINK_BY_EMAIL === '1',
  });
}
