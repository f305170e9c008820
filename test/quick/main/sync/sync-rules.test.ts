import { describe, expect, it } from 'vitest';
import { hasChanges, nextPullDelayMs, reconnectDelayMs } from '../../../../main/sync/sync-rules.ts';

describe('nextPullDelayMs', () => {
  const middle = () => 0.5;

  it('keeps the interval while the server responds, within a tenth', () => {
    expect(nextPullDelayMs(10_000, 0, middle)).toBe(10_000);
    expect(nextPullDelayMs(10_000, 0, () => 0)).toBe(9000);
    expect(nextPullDelayMs(10_000, 0, () => 1)).toBe(11_000);
  });

  it('doubles after each failure, up to a minute', () => {
    expect([1, 2, 3, 99].map((failures) => nextPullDelayMs(10_000, failures, middle))).toEqual([
      20_000, 40_000, 60_000, 60_000,
    ]);
  });

  it('never polls more often than the interval', () => {
    expect(nextPullDelayMs(300_000, 5, middle)).toBe(300_000);
  });
});

describe('reconnectDelayMs', () => {
  it('doubles from a second to a minute, half of it random', () => {
    expect([1, 2, 3, 7, 99].map((failures) => reconnectDelayMs(failures, () => 1))).toEqual([
      1000, 2000, 4000, 60_000, 60_000,
    ]);
    expect(reconnectDelayMs(1, () => 0)).toBe(500);
    expect(reconnectDelayMs(99, () => 0)).toBe(30_000);
  });
});

describe('hasChanges', () => {
  it.each([
    ['something was added', { seq: 5, isFirst: false, cursor: 4 }, true],
    ['a pull was quicker', { seq: 4, isFirst: false, cursor: 5 }, false],
    ['it is known already', { seq: 5, isFirst: false, cursor: 5 }, false],
    ['nothing happened while the stream was down', { seq: 5, isFirst: true, cursor: 5 }, false],
    ['something happened while the stream was down', { seq: 6, isFirst: true, cursor: 5 }, true],
    ['the server was restored', { seq: 3, isFirst: true, cursor: 5 }, true],
    ['the customer is new', { seq: 0, isFirst: true, cursor: null }, true],
  ])('%s', (_what, event, expected) => {
    expect(hasChanges(event)).toBe(expected);
  });
});
