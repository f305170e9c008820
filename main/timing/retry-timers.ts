import { unlessDamaged } from '../../node/sqlite-damage.ts';
import { requestedDelayMs, retryDelayMs } from './retry-delay.ts';

/** One timer for each failed transfer, which retries it automatically. */
export interface RetryTimers {
  /**
   * `retryAfterMs`: the delay that the server requested. Without it the delay grows with each
   * attempt.
   */
  set(id: string, after: { readonly attempts: number; readonly retryAfterMs?: number | null }): void;
  forget(id: string): void;
  /** Whether a delay that the server requested is not over yet. */
  mustWait(id: string): boolean;
  isEmpty(): boolean;
  stop(): void;
}

export function createRetryTimers(onTime: (id: string) => void): RetryTimers {
  const timers = new Map<string, { readonly timeout: NodeJS.Timeout; readonly isRequested: boolean }>();
  const forget = (id: string) => {
    clearTimeout(timers.get(id)?.timeout);
    timers.delete(id);
  };
  return {
    set: (id, { attempts, retryAfterMs = null }) => {
      forget(id);
      const isRequested = retryAfterMs !== null;
      const delayMs = isRequested ? requestedDelayMs(retryAfterMs) : retryDelayMs(attempts, Math.random);
      const fire = () => {
        timers.delete(id);
        unlessDamaged(() => onTime(id));
      };
      timers.set(id, { timeout: setTimeout(fire, delayMs), isRequested });
    },
    forget,
    mustWait: (id) => timers.get(id)?.isRequested === true,
    isEmpty: () => timers.size === 0,
    stop: () => {
      for (const id of timers.keys()) forget(id);
    },
  };
}
