import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { ServiceFailure } from '../../../failures/service-failure.ts';

/** What the log may contain of an error: no message and no cause, which may quote a token. */
export interface ProviderErrorFacts {
  readonly error: string;
  readonly code: string | null;
  readonly status: number | null;
}

/** Codes of `openid-client` for a provider that is away, or that is not one. */
const AWAY: readonly string[] = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
];

/** Errors of RFC 6749 that say the provider cannot do it now. */
const AWAY_ANSWERS: readonly string[] = ['server_error', 'temporarily_unavailable'];

/** The failure behind an error of `openid-client`; null for a bug of ours. */
export function providerFailure(error: unknown): ServiceFailure | null {
  if (error instanceof AuthorizationResponseError) return refusedAnswer(error.error);
  if (error instanceof ResponseBodyError) return refusedExchange(error.error);
  if (error instanceof WWWAuthenticateChallengeError) return refusedExchange('invalid_client');
  if (error instanceof ClientError) {
    return AWAY.includes(error.code ?? '')
      ? unavailable('The identity provider could not be reached, or did not answer as one.')
      : refused('The answer of the identity provider does not belong to this sign-in.');
  }
  return isNetworkError(error) ? unavailable('The identity provider could not be reached.') : null;
}

/** The provider sent the person back without a code. */
function refusedAnswer(answer: string): ServiceFailure {
  if (AWAY_ANSWERS.includes(answer)) return unavailable('The identity provider could not sign you in at the moment.');
  return refused(
    answer === 'access_denied'
      ? 'The sign-in was canceled at the identity provider, or it does not let you in.'
      : 'The identity provider refused the sign-in.',
  );
}

/** The provider did not give tokens for the code. */
function refusedExchange(answer: string): ServiceFailure {
  return answer === 'invalid_grant'
    ? refused('The identity provider no longer accepts this sign-in. It may have taken too long.')
    : unavailable('The identity provider does not work with this server. Its log has the reason.');
}

export function describeProviderError(error: unknown): ProviderErrorFacts {
  const { name } = error instanceof Error ? error : { name: typeof error };
  if (error instanceof AuthorizationResponseError) return { error: name, code: error.error, status: null };
  if (error instanceof ResponseBodyError) return { error: name, code: error.error, status: error.status };
  if (error instanceof WWWAuthenticateChallengeError) return { error: name, code: error.code, status: error.status };
  return { error: name, code: error instanceof ClientError ? (error.code ?? null) : null, status: null };
}

/** `fetch` reports everything that the network does as this one error. */
const isNetworkError = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed';

const refused = (detail: string): ServiceFailure => ({ code: 'provider_refused', detail });
const unavailable = (detail: string): ServiceFailure => ({ code: 'provider_unavailable', detail });
