import { SECOND_MS } from '../../shared/lib/durations.ts';

/** However long the server was away, it is asked at least this often: a person who is back online waits for it. */
const MAX_BACKOFF_MS = 60 * SECOND_MS;
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
