import { z } from 'zod';
import { emailSchema, MAX_PERSON_NAME_CHARS } from '../../../../shared/domain/account-fields.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { cutToChars, trimmedLineSchema } from '../../../../shared/lib/text.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';

/** Who the provider says has signed in. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  /** Null if the provider says nothing about it. */
  readonly isEmailVerified: boolean | null;
  readonly name: string;
  readonly groups: readonly string[];
}

const textSchema = trimmedLineSchema.min(1);
const claimsSchema = z.object({
  iss: textSchema,
  sub: textSchema,
  email: emailSchema,
  // Some providers send it as text.
  email_verified: z.union([z.boolean(), z.stringbool()]).nullable().catch(null).default(null),
  name: textSchema.optional().catch(undefined),
  preferred_username: textSchema.optional().catch(undefined),
});
/** A list, or one group as text. Anything else gives nothing. */
function groupsIn(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.filter((one) => typeof one === 'string');
}

/** Failure: `provider_refused`, if the claims do not say who it is. */
export function identityFrom(
  claims: Readonly<Record<string, unknown>>,
  groupsClaim: string,
): Result<ProviderIdentity, ServiceFailure> {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return fail(incomplete(parsed.error.issues.map(({ path }) => path.join('.'))));
  const { iss, sub, email, email_verified, name, preferred_username } = parsed.data;
  const shownName = name ?? preferred_username ?? email;
  return ok({
    issuer: iss,
    subject: sub,
    email,
    isEmailVerified: email_verified,
    name: cutToChars(shownName, MAX_PERSON_NAME_CHARS).trim(),
    groups: groupsIn(claims[groupsClaim]),
  });
}

const incomplete = (claims: readonly string[]): ServiceFailure => ({
  code: 'provider_refused',
  detail: `The identity provider did not send what an account needs: ${claims.join(', ')}.`,
  hint: 'Ask an administrator to let the provider send these claims, or to set OIDC_SCOPES.',
});
