import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';

const FIRST_RETRY_DELAY_MS = 2 * SECOND_MS;
const MAX_RETRY_DELAY_MS = MINUTE_MS;

/** How long to wait before attempt number `attempts + 1`, in milliseconds. Half of it is random. */
export function retryDelayMs(attempts: number, random: () => number): number {
  const doubled = FIRST_RETRY_DELAY_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 16);
  return Math.round(Math.min(doubled, MAX_RETRY_DELAY_MS) * (0.5 + 0.5 * random()));
}

/** Clamps the delay that a server requested: a very long one may be a mistake. */
export function requestedDelayMs(askedMs: number): number {
  return Math.min(Math.max(askedMs, 0), MAX_RETRY_DELAY_MS);
}
