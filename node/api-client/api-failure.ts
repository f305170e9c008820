import type { CurrentFields, Problem } from '../../shared/api/problem.ts';
import type { Failure, FailureOf } from '../../shared/contract/failure.ts';
import {
  type FieldProblem,
  fieldPlace,
  isFieldRule,
  ruleOf,
  type SchemaIssue,
} from '../../shared/domain/field-rules.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';

/**
 * How a request failed, which decides what may be done next: `network` no answer came, the server
 * may or may not have done it; `cancelled` stopped by this application; `unauthenticated` the token
 * is no longer valid; `refused` the server understood and refused: repeating changes nothing;
 * `unavailable` the server could not answer just now (5xx, 429): repeat later; `contract` what
 * answered does not speak this API; `bug` an error that no network explains: it was logged,
 * repeating changes nothing.
 */
export type ApiFailureKind =
  | 'network'
  | 'cancelled'
  | 'unauthenticated'
  | 'refused'
  | 'unavailable'
  | 'contract'
  | 'bug';

interface ApiFailureFacts {
  readonly kind: ApiFailureKind;
  /** Set with `edit_conflict`: what the fields hold now. */
  readonly currentFields: CurrentFields | null;
  /** How long the server asks us to stay away, in milliseconds; null: it says nothing. */
  readonly retryAfterMs: number | null;
}

/** A failure of a request, with what decides whether it is retried. */
export type ApiFailure = Failure & ApiFailureFacts;

/** The failure without what only the application needs: to be stored, or returned to the screen. */
export function toFailure(apiFailure: ApiFailure): Failure {
  const { kind: _kind, currentFields: _currentFields, retryAfterMs: _retryAfterMs, ...failure } = apiFailure;
  return failure;
}

function own(kind: ApiFailureKind, failure: Failure): ApiFailure {
  return { ...failure, kind, currentFields: null, retryAfterMs: null };
}

export function networkFailure(serverUrl: string): ApiFailure {
  return own('network', { code: 'offline', serverUrl, status: null });
}

/** Nothing answered because of a certificate, TLS or a proxy. Like all of the network, it may end. */
export function unreachedFailure(
  failure: FailureOf<'certificate_refused' | 'tls_failed' | 'proxy_failed'>,
): ApiFailure {
  return own('network', failure);
}

/** Stopped by this application: canceled, signed out or quit. */
export function cancelledFailure(): ApiFailure {
  return own('cancelled', { code: 'stopped' });
}

export function contractFailure(serverUrl: string, status: number): ApiFailure {
  return own('contract', { code: 'not_a_server', serverUrl, status });
}

/** The response is larger than any of this API. */
export function tooLargeFailure(serverUrl: string, limitBytes: number): ApiFailure {
  return own('contract', { code: 'response_too_large', serverUrl, limitBytes });
}

/**
 * A gateway in front of a server answers without a problem document when the server behind it is
 * down.
 */
export function unavailableFailure(serverUrl: string, status: number): ApiFailure {
  return own('unavailable', { code: 'offline', serverUrl, status });
}

interface SchemaError {
  readonly issues: readonly (SchemaIssue & { readonly path: readonly PropertyKey[] })[];
}

/**
 * A request body that the API's own schema refuses, so it is not sent; named as the server would.
 */
export function unsendableFailure({ issues }: SchemaError): ApiFailure {
  const errors = issues.map((issue) => ({ where: fieldPlace('body', issue.path), ...ruleOf(issue) }));
  return own('refused', { code: 'invalid_request', detail: '', errors });
}

/** For an error that is already in the log. */
export function bugFailure(): ApiFailure {
  return own('bug', { code: 'unexpected' });
}

/**
 * `retryAfter`: the header of that name, seconds (RFC 9110, 10.2.3); a date there counts as absent.
 */
export function problemFailure(problem: Problem, retryAfter: string | null = null): ApiFailure {
  const { code, detail, errors, quota } = problem;
  return {
    code,
    detail,
    ...(errors !== undefined && { errors: errors.map(codedError) }),
    ...(quota !== undefined && { quota }),
    kind: kindOf(problem),
    currentFields: problem.current_fields ?? null,
    retryAfterMs: retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * SECOND_MS : null,
  };
}

/** Without the message, which is for programmers. A newer server may know more rules. */
function codedError({ where, rule, limit }: NonNullable<Problem['errors']>[number]): FieldProblem {
  return { where, rule: isFieldRule(rule) ? rule : 'refused', ...(limit !== undefined && { limit }) };
}

function kindOf({ status, code }: Problem): ApiFailureKind {
  // 401 also refuses a password or a code that somebody typed; the token is valid then.
  if (code === 'unauthenticated') return 'unauthenticated';
  // Until somebody frees or grants storage, repeating changes nothing (RFC 4918, 11.5).
  if (code === 'quota_exceeded') return 'refused';
  // A proxy on the way may keep its connection to us while it loses the one to the server.
  if (code === 'upload_incomplete') return 'unavailable';
  // 408 Request Timeout, 425 Too Early and 429 Too Many Requests ask for a repetition (RFC 9110,
  // 8470, 6585).
  if (status >= 500 || status === 408 || status === 425 || status === 429) return 'unavailable';
  return 'refused';
}
