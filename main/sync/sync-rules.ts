import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';

/** A server that cannot be reached is tried at least this often, for people who are back online. */
const MAX_BACKOFF_MS = 60 * SECOND_MS;
/** A server that restarts is back in seconds. */
const FIRST_RECONNECT_MS = SECOND_MS;
/**
 * The poll interval while the event stream is up. Polling continues because an event may be lost.
 */
export const POLL_WHILE_STREAMING_MS = 5 * MINUTE_MS;
/** Doubling beyond this changes nothing: the maximum is reached. */
const MAX_DOUBLINGS = 16;

/**
 * The delay before the next poll, in milliseconds. It doubles with each failure in a row. A tenth
 * of it is random, so that the machines of one office do not all poll at the same time.
 */
export function nextPullDelayMs(pollIntervalMs: number, failures: number, random: () => number): number {
  const doubled = pollIntervalMs * 2 ** Math.min(failures, MAX_DOUBLINGS);
  const delayMs = failures === 0 ? pollIntervalMs : Math.min(doubled, Math.max(MAX_BACKOFF_MS, pollIntervalMs));
  return Math.round(delayMs * (0.9 + 0.2 * random()));
}

/**
 * The delay before the event stream is opened again after it has ended `failures` times in a row,
 * in milliseconds. Half of it is random, because all clients of a server lose their streams at the
 * same time.
 */
export function reconnectDelayMs(failures: number, random: () => number): number {
  const doubled = FIRST_RECONNECT_MS * 2 ** Math.min(failures - 1, MAX_DOUBLINGS);
  return Math.round(Math.min(doubled, MAX_BACKOFF_MS) * (0.5 + 0.5 * random()));
}

/**
 * Whether an event is a reason to pull. The first event of a connection gives the feed's position:
 * if that is before the cursor, the server was restored. Later events may be older than the last
 * pull. `cursor`: null if the customer is not followed yet.
 */
export function hasChanges(event: {
  readonly seq: number;
  readonly isFirst: boolean;
  readonly cursor: number | null;
}): boolean {
  if (event.cursor === null) return true;
  return event.isFirst ? event.seq !== event.cursor : event.seq > event.cursor;
}
