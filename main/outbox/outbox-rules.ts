import type { ApiFailure } from '../../node/api-client/api-failure.ts';
import type { FailureCode } from '../../shared/contract/failure.ts';
import { orderKeysOf } from '../../shared/domain/intents.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import type { QueuedRow } from '../db/operations-repository.ts';

/**
 * Operations are small, and the server commits those of one customer one after the other anyway.
 */
export const MAX_OPERATIONS_AT_ONCE = 4;
/** How many of the oldest operations are read to find some that can be sent. */
export const LOOKAHEAD_OPERATIONS = 256;
/** A server may request a longer delay, but a person is waiting. */
export const MAX_RETRY_AFTER_MS = MINUTE_MS;
/**
 * How often an operation is sent on which the server fails with an internal error: about five
 * minutes. An outage passes in that time or has another code; what fails the same way for longer
 * would block its avatar for ever.
 */
export const MAX_INTERNAL_ERRORS = 10;

export interface SendingState {
  /** Being sent now. */
  isSending(id: string): boolean;
  /** The server has done it, and the next pull removes its row. It blocks no other operation. */
  isAcknowledged(id: string): boolean;
  /** It failed a moment ago. Later operations with the same order keys wait for it. */
  isDelayed(id: string): boolean;
  readonly limit: number;
}

/**
 * Picks the operations that may be sent now. `open`: the oldest open ones, in order. Operations
 * that share an order key are sent one after the other.
 */
export function pickSendable(open: readonly QueuedRow[], sending: SendingState): readonly string[] {
  let free = sending.limit - open.filter(({ id }) => sending.isSending(id)).length;
  const taken = new Set<string>();
  const next: string[] = [];
  for (const operation of open) {
    const { id } = operation;
    if (sending.isAcknowledged(id)) continue;
    const orderKeys = orderKeysOf(operation);
    const isBlocked = sending.isSending(id) || sending.isDelayed(id) || orderKeys.some((key) => taken.has(key));
    for (const key of orderKeys) taken.add(key);
    if (isBlocked || free <= 0) continue;
    next.push(id);
    free -= 1;
  }
  return next;
}

/**
 * What to do after an operation failed. `stop`: we were stopped. `sign-in`: nothing is sent until
 * somebody signs in. `pause`: the server does not respond, so nothing is sent for a while. `again`:
 * this operation is sent again later. `conflict`: the server's state differs from the operation's
 * base. `park`: a retry would not help, so a person decides.
 */
export type AfterFailure = 'stop' | 'sign-in' | 'pause' | 'again' | 'conflict' | 'park';

const CONFLICTS: ReadonlySet<FailureCode> = new Set(['active_conflict', 'edit_conflict']);

/** `attempts`: how often the operation has been sent since the application started. */
export function afterFailure({ kind, code, retryAfterMs }: ApiFailure, attempts: number): AfterFailure {
  switch (kind) {
    case 'cancelled':
      return 'stop';
    case 'unauthenticated':
      return 'sign-in';
    case 'network':
    // Something between here and the server responded in its place: a hotel's sign-in page, a
    // gateway.
    case 'contract':
      return 'pause';
    case 'unavailable':
      if (code === 'internal' && attempts >= MAX_INTERNAL_ERRORS) return 'park';
      return retryAfterMs === null ? 'again' : 'pause';
    case 'refused':
      return CONFLICTS.has(code) ? 'conflict' : 'park';
    case 'bug':
      return 'park';
    default:
      return assertNever(kind);
  }
}
