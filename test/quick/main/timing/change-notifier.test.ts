import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChangeNotifier } from '../../../../main/timing/change-notifier.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function notifier() {
  const notified: (readonly string[])[] = [];
  return { notified, ...createChangeNotifier((projectUuids) => notified.push(projectUuids)) };
}

describe('createChangeNotifier', () => {
  it('notifies of the first change at once, and of those right after it together', () => {
    const { notified, changed } = notifier();
    changed(['a']);
    changed(['b']);
    changed(['c', 'b']);
    expect(notified).toEqual([['a']]);
    vi.advanceTimersByTime(50);
    expect(notified).toEqual([['a'], ['b', 'c']]);
    vi.advanceTimersByTime(1000);
    expect(notified).toHaveLength(2);
    changed(['d']);
    expect(notified).toHaveLength(3);
  });

  it('reports that everything may have changed if one change says so', () => {
    const { notified, changed } = notifier();
    changed(['a']);
    changed(['b']);
    changed([]);
    changed(['c']);
    vi.advanceTimersByTime(50);
    expect(notified).toEqual([['a'], []]);
  });

  it('holds changes back longer during a long series, and reports the rest at its end', () => {
    const { notified, changed, expectMany, flush } = notifier();
    expectMany();
    for (let slice = 0; slice < 20; slice += 1) {
      changed([`${slice}`]);
      vi.advanceTimersByTime(100);
    }
    // At 0, 1 and 2 seconds.
    expect(notified).toHaveLength(3);
    changed(['last']);
    flush();
    expect(notified.at(-1)).toEqual(['last']);
    flush();
    expect(notified).toHaveLength(4);
  });

  it('reports nothing after it was stopped', () => {
    const { notified, changed, stop } = notifier();
    changed(['a']);
    changed(['b']);
    stop();
    vi.advanceTimersByTime(5000);
    expect(notified).toEqual([['a']]);
  });
});
