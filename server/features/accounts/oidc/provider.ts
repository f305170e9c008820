import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import type { Logger } from 'pino';
import { HOUR_MS } from '../../../../shared/lib/durations.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { isInsecureIssuer, type OidcSettings } from './oidc-settings.ts';
import { describeProviderError, providerFailure } from './provider-errors.ts';
import { identityFrom, type ProviderIdentity } from './provider-identity.ts';

/** Somebody waits for each request to the provider. */
const TIMEOUT_SECONDS = 10;
/** The provider's addresses hardly ever change; its keys are read again when a new one signs. */
const CONFIGURATION_LIFETIME_MS = HOUR_MS;

export interface AuthorizationRequest {
  readonly redirectUri: string;
  /** SHA-256 of the code verifier, base64url. */
  readonly codeChallenge: string;
  readonly state: string;
  readonly nonce: string;
}

/** The provider's answer, and what the client kept to prove that it asked. */
export interface AuthorizationAnswer {
  readonly callbackUrl: string;
  readonly codeVerifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** The identity provider as this server uses it. */
export interface Provider {
  /** The address to open in the system browser. Failure: `provider_unavailable`. */
  authorizationUrl(request: AuthorizationRequest): ServiceResult<string>;
  /** Who has signed in. Failures: `provider_unavailable`, `provider_refused`. */
  identify(answer: AuthorizationAnswer): ServiceResult<ProviderIdentity>;
}

export function createProvider(settings: OidcSettings, log: Logger): Provider {
  const configuration = cachedConfiguration(settings);
  const attempt = <Value>(work: (config: Configuration) => Promise<Value>) =>
    attemptWith({ configuration, log, issuer: settings.issuer }, work);
  return {
    authorizationUrl: (request) =>
      attempt(async (config) => buildAuthorizationUrl(config, authorizationParameters(request, settings)).href),
    async identify(answer) {
      const claims = await attempt((config) => readClaims(config, answer, settings.groupsClaim));
      return claims.ok ? identityFrom(claims.value, settings.groupsClaim) : claims;
    },
  };
}

interface Attempt {
  readonly configuration: () => Promise<Configuration>;
  readonly log: Logger;
  readonly issuer: string;
}

async function attemptWith<Value>(
  { configuration, log, issuer }: Attempt,
  work: (config: Configuration) => Promise<Value>,
): ServiceResult<Value> {
  let config: Configuration | null = null;
  try {
    config = await configuration();
    return ok(await work(config));
  } catch (error) {
    const failure = providerFailure(error);
    const facts = describeProviderError(error);
    // oxlint-disable-next-line preserve-caught-error -- the error itself may quote tokens
    if (failure === null) throw new Error(`The identity provider could not be used: ${facts.error}`);
    log.warn({ issuer, ...facts }, 'a sign-in with the identity provider failed');
    return fail(config === null ? NOT_FOUND_THERE : failure);
  }
}

const NOT_FOUND_THERE: ServiceFailure = {
  code: 'provider_unavailable',
  detail: 'The identity provider could not be found at its address.',
};

/** Any process may answer any request, so each reads the provider's addresses for itself. */
function cachedConfiguration(settings: OidcSettings): () => Promise<Configuration> {
  let cached: { readonly config: Configuration; readonly atMs: number } | null = null;
  return async () => {
    if (cached && performance.now() - cached.atMs < CONFIGURATION_LIFETIME_MS) return cached.config;
    const config = await discover(settings);
    cached = { config, atMs: performance.now() };
    return config;
  };
}

function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  // TLS already proves where the ID token comes from; its signature is checked as well.
  const execute = [enableNonRepudiationChecks, ...(isInsecureIssuer(issuer) ? [allowInsecureRequests] : [])];
  const options = { timeout: TIMEOUT_SECONDS, execute };
  return discovery(new URL(issuer), clientId, undefined, clientAuth(clientSecret), options);
}

/** HTTP Basic, which every provider must support (RFC 6749, 2.3.1), unless it says otherwise. */
function clientAuth(clientSecret: string | null): ClientAuth {
  if (clientSecret === null) return None();
  const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const auth = methods.includes('client_secret_basic') ? basic : post;
    auth(server, client, body, headers);
  };
}

function authorizationParameters(
  { redirectUri, codeChallenge, state, nonce }: AuthorizationRequest,
  { scopes }: OidcSettings,
): Record<string, string> {
  return {
    redirect_uri: redirectUri,
    scope: scopes,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    state,
    nonce,
  };
}

/** Exchanges the code. Verifies state, nonce, signature, issuer, audience and times. */
async function readClaims(
  config: Configuration,
  { callbackUrl, codeVerifier, state, nonce }: AuthorizationAnswer,
  groupsClaim: string,
): Promise<Readonly<Record<string, unknown>>> {
  const tokens = await authorizationCodeGrant(config, new URL(callbackUrl), {
    pkceCodeVerifier: codeVerifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('An ID token was expected');
  const isComplete = claims.email !== undefined && claims[groupsClaim] !== undefined;
  if (isComplete || config.serverMetadata().userinfo_endpoint === undefined) return claims;
  // Many providers put only the subject into the ID token.
  return { ...(await fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
}
