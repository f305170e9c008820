import { describe, expect, it } from 'vitest';
import { nextPullDelayMs } from '../../../../main/sync/sync-rules.ts';

describe('nextPullDelayMs', () => {
  const middle = () => 0.5;

  it('keeps the interval while the server answers, give or take a tenth', () => {
    expect(nextPullDelayMs(10_000, 0, middle)).toBe(10_000);
    expect(nextPullDelayMs(10_000, 0, () => 0)).toBe(9000);
    expect(nextPullDelayMs(10_000, 0, () => 1)).toBe(11_000);
  });

  it('doubles after each failure, up to a minute', () => {
    expect([1, 2, 3, 99].map((failures) => nextPullDelayMs(10_000, failures, middle))).toEqual([
      20_000, 40_000, 60_000, 60_000,
    ]);
  });

  it('never asks more often than the interval', () => {
    expect(nextPullDelayMs(300_000, 5, middle)).toBe(300_000);
  });
});
