import { requestedDelayMs, retryDelayMs } from './retry-delay.ts';

/** When failed transfers are tried again by themselves: one timer each. */
export interface RetryTimers {
  /** `retryAfterMs`: how long the server asked to be left alone; without it, the longer the more often it failed. */
  set(id: string, after: { readonly attempts: number; readonly retryAfterMs?: number | null }): void;
  forget(id: string): void;
  /** Whether the server asked to be left alone, and the time is not over. */
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
        onTime(id);
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
