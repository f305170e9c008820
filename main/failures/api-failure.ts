import type { CurrentFields, Problem } from '../../shared/api/problem.ts';
import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';

/**
 * How a request failed, which decides what may be done next:
 * `network` no answer came, the server may or may not have done it; `cancelled` we stopped it ourselves;
 * `unauthenticated` the token is worthless; `refused` the server understood and said no: repeating changes nothing;
 * `unavailable` the server could not just now (5xx, 429): repeat later; `contract` what answered does not speak this API.
 */
export type ApiFailureKind = 'network' | 'cancelled' | 'unauthenticated' | 'refused' | 'unavailable' | 'contract';

export interface ApiFailure {
  readonly kind: ApiFailureKind;
  readonly failure: Failure;
  /** Set with `edit_conflict`: what the fields hold now. */
  readonly currentFields: CurrentFields | null;
  /** How long the server asks us to stay away, in milliseconds; null: it says nothing. */
  readonly retryAfterMs: number | null;
}

type OwnCode = Extract<ApplicationFailureCode, 'offline' | 'signed_out' | 'not_a_server'>;

function own(kind: ApiFailureKind, code: OwnCode, words: Omit<Failure, 'code'>): ApiFailure {
  return { kind, failure: { code, ...words }, currentFields: null, retryAfterMs: null };
}

export function networkFailure(serverUrl: string): ApiFailure {
  return own('network', 'offline', {
    title: 'The server does not answer',
    detail: `${serverUrl} cannot be reached from here. Everything seen before can still be browsed; changing it needs the server.`,
    hint: 'Check the network connection, then try again.',
  });
}

/** Cut off by ourselves: somebody cancelled, signed out or quit. */
export function cancelledFailure(): ApiFailure {
  return own('cancelled', 'signed_out', {
    title: 'Stopped',
    detail: 'It was stopped here before the server answered.',
  });
}

export function contractFailure(serverUrl: string, status: number): ApiFailure {
  return own('contract', 'not_a_server', {
    title: 'That is not a Gabinet server',
    detail: `${serverUrl} answered (status ${status}), but not in the language of this application.`,
    hint: 'Check the server address. If it is right, the application and the server may be of different versions.',
  });
}

/** A gateway in front of a server answers without a problem document when the server behind it is down. */
export function unavailableFailure(serverUrl: string, status: number): ApiFailure {
  return own('unavailable', 'offline', {
    title: 'The server cannot answer just now',
    detail: `${serverUrl} answered with status ${status}.`,
    hint: 'Try again in a moment.',
  });
}

/** `retryAfter`: the header of that name, seconds (RFC 9110, 10.2.3); a date there counts as nothing said. */
export function problemFailure(problem: Problem, retryAfter: string | null = null): ApiFailure {
  const { code, title, detail, hint } = problem;
  const where = problem.errors?.map((error) => `${error.where}: ${error.message}`).join('; ');
  return {
    kind: kindOf(problem),
    failure: {
      code,
      title,
      detail: where === undefined || where === '' ? detail : `${detail} (${where})`,
      ...(hint === undefined ? {} : { hint }),
    },
    currentFields: problem.current_fields ?? null,
    retryAfterMs: retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * SECOND_MS : null,
  };
}

function kindOf({ status, code }: Problem): ApiFailureKind {
  if (status === 401) return 'unauthenticated';
  // A proxy on the way may keep its connection to us while it loses the one to the server.
  if (code === 'upload_incomplete') return 'unavailable';
  // 408 Request Timeout, 425 Too Early and 429 Too Many Requests ask for a repetition (RFC 9110, 8470, 6585).
  if (status >= 500 || status === 408 || status === 425 || status === 429) return 'unavailable';
  return 'refused';
}
