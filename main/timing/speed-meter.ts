import { SECOND_MS } from '../../shared/lib/durations.ts';

/** Long enough for a steady figure, short enough to follow changes. */
const WINDOW_MS = 3 * SECOND_MS;

/** Measures the speed of a transfer over the last seconds. */
export interface SpeedMeter {
  /** `doneBytes`: all bytes transferred so far. */
  record(doneBytes: number, nowMs: number): void;
  bytesPerSecond(nowMs: number): number;
}

export function createSpeedMeter(): SpeedMeter {
  let samples: { readonly atMs: number; readonly doneBytes: number }[] = [];
  return {
    record: (doneBytes, nowMs) => {
      samples = [...samples.filter((sample) => nowMs - sample.atMs <= WINDOW_MS), { atMs: nowMs, doneBytes }];
    },
    bytesPerSecond: (nowMs) => {
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined || nowMs - last.atMs > WINDOW_MS) return 0;
      const elapsedMs = last.atMs - first.atMs;
      return elapsedMs <= 0 ? 0 : Math.max(0, ((last.doneBytes - first.doneBytes) * SECOND_MS) / elapsedMs);
    },
  };
}
