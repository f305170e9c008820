import { createServer } from 'node:http';
import type { OidcContext } from 'oidc-provider';
import type { OidcSettings } from '../../server/features/accounts/oidc/oidc-settings.ts';

/** What the provider knows about somebody. */
export interface ProviderPerson {
  readonly subject: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export interface IdentityProvider {
  readonly issuer: string;
  /** Who signs in next; null: somebody who presses Cancel. */
  person: ProviderPerson | null;
  /** The settings of a server that uses this provider. */
  settings(overrides?: Partial<OidcSettings>): OidcSettings;
  /** Nothing listens at its address any longer. */
  takeAway(): Promise<void>;
}

/** The redirect that is registered; at any port, as RFC 8252 asks. */
export const REDIRECT_PATH = '/signed-in';
export const CONFIDENTIAL_CLIENT = { id: 'gabinet', secret: 'a secret: of + this % client' } as const;
export const PUBLIC_CLIENT = 'gabinet-public';

export interface IdentityProviderOptions {
  /** Puts all claims into the ID token, as some providers do, instead of behind `userinfo`. */
  readonly hasFullIdTokens?: boolean;
}

/**
 * A real OpenID Connect provider on loopback that signs `person` in without asking. The caller ends
 * it with `takeAway`.
 */
export async function startIdentityProvider(options: IdentityProviderOptions = {}): Promise<IdentityProvider> {
  const http = createServer();
  const port = await new Promise<number>((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve((http.address() as { port: number }).port));
  });
  const issuer = `http://127.0.0.1:${port}`;
  const provider: IdentityProvider = {
    issuer,
    person: null,
    settings: (overrides = {}) => ({ ...defaultSettings(issuer), ...overrides }),
    takeAway: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => {
        http.close(resolve);
      });
    },
  };
  const { default: Provider } = await import('oidc-provider');
  const people = new Map<string, ProviderPerson>();
  const oidc = new Provider(issuer, configurationFor(people, options));
  const answer = oidc.callback();
  http.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) {
      answer(request, response);
      return;
    }
    const { person } = provider;
    if (person) people.set(person.subject, person);
    const result = person ? { login: { accountId: person.subject }, consent: {} } : { error: 'access_denied' };
    oidc.interactionFinished(request, response, result).catch((error: unknown) => response.destroy(error as Error));
  });
  return provider;
}

const defaultSettings = (issuer: string): OidcSettings => ({
  issuer,
  clientId: CONFIDENTIAL_CLIENT.id,
  clientSecret: CONFIDENTIAL_CLIENT.secret,
  name: 'Example ID',
  scopes: 'openid email profile groups',
  groupsClaim: 'groups',
  groupRoles: [
    { group: 'operators', grants: 'admin' },
    { group: 'aurora-designers', grants: { customer: 'aurora', role: 'designer' } },
    { group: 'aurora-managers', grants: { customer: 'aurora', role: 'manager' } },
    { group: 'borealis-viewers', grants: { customer: 'borealis', role: 'viewer' } },
    { group: 'ghosts', grants: { customer: 'no-such-customer', role: 'viewer' } },
  ],
  linksByEmail: false,
});

function configurationFor(people: ReadonlyMap<string, ProviderPerson>, { hasFullIdTokens }: IdentityProviderOptions) {
  const redirects = { redirect_uris: [`http://127.0.0.1${REDIRECT_PATH}`], application_type: 'native' };
  return {
    clients: [
      { client_id: CONFIDENTIAL_CLIENT.id, client_secret: CONFIDENTIAL_CLIENT.secret, ...redirects },
      { client_id: PUBLIC_CLIENT, token_endpoint_auth_method: 'none', ...redirects },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    conformIdTokenClaims: hasFullIdTokens !== true,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['of this test'] },
    findAccount: (_context: unknown, subject: string) => ({
      accountId: subject,
      claims: () => {
        const { subject: sub, ...claims } = people.get(subject) ?? { subject };
        return { sub, ...claims };
      },
    }),
    // Everybody has agreed to everything before.
    async loadExistingGrant({ oidc }: OidcContext) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  };
}
