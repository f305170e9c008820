import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRetryTimers } from '../../../../main/timing/retry-timers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the retry timers', () => {
  it('wait as long as the server asked, but at most a minute, and say that nobody may hurry', () => {
    const due: string[] = [];
    const timers = createRetryTimers((id) => due.push(id));
    timers.set('told', { attempts: 1, retryAfterMs: 30_000 });
    timers.set('far', { attempts: 1, retryAfterMs: 3_600_000 });
    timers.set('own', { attempts: 1 });
    expect(['told', 'far', 'own'].map((id) => timers.mustWait(id))).toEqual([true, true, false]);
    vi.advanceTimersByTime(2000);
    expect(due).toEqual(['own']);
    vi.advanceTimersByTime(28_000);
    expect(due).toEqual(['own', 'told']);
    expect(timers.mustWait('told')).toBe(false);
    vi.advanceTimersByTime(30_000);
    expect(due).toEqual(['own', 'told', 'far']);
    expect(timers.isEmpty()).toBe(true);
  });

  it('are forgotten one by one and all at once', () => {
    const due: string[] = [];
    const timers = createRetryTimers((id) => due.push(id));
    for (const id of ['a', 'b', 'c']) timers.set(id, { attempts: 1 });
    timers.forget('a');
    timers.stop();
    vi.advanceTimersByTime(120_000);
    expect(due).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
