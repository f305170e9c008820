import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChangeNotifier } from '../../../../main/timing/change-notifier.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function announcer() {
  const told: (readonly string[])[] = [];
  return { told, ...createChangeNotifier((projectUuids) => told.push(projectUuids)) };
}

describe('createChangeNotifier', () => {
  it('tells the first change at once, and those right after it together', () => {
    const { told, changed } = announcer();
    changed(['a']);
    changed(['b']);
    changed(['c', 'b']);
    expect(told).toEqual([['a']]);
    vi.advanceTimersByTime(50);
    expect(told).toEqual([['a'], ['b', 'c']]);
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(2);
    changed(['d']);
    expect(told).toHaveLength(3);
  });

  it('says that everything may have changed if that is among it', () => {
    const { told, changed } = announcer();
    changed(['a']);
    changed(['b']);
    changed([]);
    changed(['c']);
    vi.advanceTimersByTime(50);
    expect(told).toEqual([['a'], []]);
  });

  it('holds back longer while many are expected, and tells the rest when they are here', () => {
    const { told, changed, expectMany, flush } = announcer();
    expectMany();
    for (let slice = 0; slice < 20; slice += 1) {
      changed([`${slice}`]);
      vi.advanceTimersByTime(100);
    }
    // At 0, 1 and 2 seconds.
    expect(told).toHaveLength(3);
    changed(['last']);
    flush();
    expect(told.at(-1)).toEqual(['last']);
    flush();
    expect(told).toHaveLength(4);
  });

  it('is silent after its end', () => {
    const { told, changed, stop } = announcer();
    changed(['a']);
    changed(['b']);
    stop();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([['a']]);
  });
});
