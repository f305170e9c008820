import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';

/** However long the server was away, it is asked at least this often: a person who is back online waits for it. */
const MAX_BACKOFF_MS = 60 * SECOND_MS;
/** A server that restarts is back in seconds. */
const FIRST_RECONNECT_MS = SECOND_MS;
/** As long as the server says itself when something changed; now and then it is asked nevertheless: a message may be lost. */
export const POLL_WHILE_STREAMING_MS = 5 * MINUTE_MS;
/** Doubling beyond this changes nothing: the maximum is reached. */
const MAX_DOUBLINGS = 16;

/**
 * How long to wait until the next question for changes, in milliseconds. After failures in a row twice as long each time.
 * A tenth is left to chance, so that the machines of one office do not all ask at the same moment.
 */
export function nextPullDelayMs(pollIntervalMs: number, failures: number, random: () => number): number {
  const doubled = pollIntervalMs * 2 ** Math.min(failures, MAX_DOUBLINGS);
  const delayMs = failures === 0 ? pollIntervalMs : Math.min(doubled, Math.max(MAX_BACKOFF_MS, pollIntervalMs));
  return Math.round(delayMs * (0.9 + 0.2 * random()));
}

/**
 * How long to wait before the event stream is opened again after `failures` ends in a row, in milliseconds. Half of it is left to
 * chance: all clients of a server lose their streams in the same moment.
 */
export function reconnectDelayMs(failures: number, random: () => number): number {
  const doubled = FIRST_RECONNECT_MS * 2 ** Math.min(failures - 1, MAX_DOUBLINGS);
  return Math.round(Math.min(doubled, MAX_BACKOFF_MS) * (0.5 + 0.5 * random()));
}

/**
 * Whether the server's number of a customer's feed is a reason to ask. The first one on a connection says how far the feed is: if that is
 * less than what was read, the server was restored. Later ones may be older than a pull that was quicker. `cursor` null: not followed yet.
 */
export function hasChanges(event: {
  readonly seq: number;
  readonly isFirst: boolean;
  readonly cursor: number | null;
}): boolean {
  if (event.cursor === null) return true;
  return event.isFirst ? event.seq !== event.cursor : event.seq > event.cursor;
}
