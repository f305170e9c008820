import { orderKeysOf } from '../../shared/domain/intents.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import type { QueuedRow } from '../db/operations-repository.ts';
import type { ApiFailure } from '../failures/api-failure.ts';

/** How many operations travel at once, each of another line: they are small, and a server commits those of one customer in a row anyway. */
export const MAX_OPERATIONS_AT_ONCE = 4;
/** How many of the oldest operations are looked at for something to send: each look reads them. */
export const LOOKAHEAD_OPERATIONS = 256;
/** However long a server asks us to stay away: a person waits. */
export const MAX_RETRY_AFTER_MS = MINUTE_MS;

export interface SendingState {
  /** Being sent now. */
  isSending(id: string): boolean;
  /** The server has done it; the row goes with the next pull. It is in nobody's way. */
  isAcknowledged(id: string): boolean;
  /** It failed a moment ago; its line waits with it. */
  isDelayed(id: string): boolean;
  readonly limit: number;
}

/** Which operations may be sent now, from the oldest open ones in order: the first of each of their lines, as many as may travel. */
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
 * What follows when an operation failed: `stop` we were stopped; `sign-in` nothing is sent until somebody signs in; `pause` nobody answers
 * there, so nothing is sent for a while; `again` this one is sent again later; `conflict` what it was made upon is not so any more;
 * `park` repeating changes nothing, a person decides.
 */
export type AfterFailure = 'stop' | 'sign-in' | 'pause' | 'again' | 'conflict' | 'park';

const CONFLICTS: ReadonlySet<string> = new Set(['active_conflict', 'edit_conflict']);

export function afterFailure({ kind, failure, retryAfterMs }: ApiFailure): AfterFailure {
  switch (kind) {
    case 'cancelled':
      return 'stop';
    case 'unauthenticated':
      return 'sign-in';
    case 'network':
    // Something between here and the server answered in its place: a hotel's sign-in page, a gateway.
    case 'contract':
      return 'pause';
    case 'unavailable':
      return retryAfterMs === null ? 'again' : 'pause';
    case 'refused':
      return CONFLICTS.has(failure.code) ? 'conflict' : 'park';
    default:
      return assertNever(kind);
  }
}
