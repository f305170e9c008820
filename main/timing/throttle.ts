import { unlessDamaged } from '../../node/sqlite-damage.ts';

export interface Throttled {
  /**
   * Runs now, or, if it ran less than the interval ago, at the end of the interval: the last call
   * is never lost.
   */
  request(): void;
  /** Cancels a pending run. */
  stop(): void;
}

/** Limits how often something runs. `intervalMs`: at least this long between two runs. */
export function throttle(run: () => void, intervalMs: number): Throttled {
  let timer: NodeJS.Timeout | null = null;
  let lastRunMs = Number.NEGATIVE_INFINITY;
  const runNow = () => {
    timer = null;
    lastRunMs = performance.now();
    run();
  };
  return {
    request: () => {
      if (timer !== null) return;
      const waitMs = lastRunMs + intervalMs - performance.now();
      if (waitMs <= 0) runNow();
      else timer = setTimeout(() => unlessDamaged(runNow), waitMs);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
