import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRetryTimers } from '../../../../main/timing/retry-timers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the retry timers', () => {
  it('wait as long as the server requested, but at most a minute, and report that as a mandatory wait', () => {
    const due: string[] = [];
    const timers = createRetryTimers((id) => due.push(id));
    timers.set('requested', { attempts: 1, retryAfterMs: 30_000 });
    timers.set('far', { attempts: 1, retryAfterMs: 3_600_000 });
    timers.set('own', { attempts: 1 });
    expect(['requested', 'far', 'own'].map((id) => timers.mustWait(id))).toEqual([true, true, false]);
    vi.advanceTimersByTime(2000);
    expect(due).toEqual(['own']);
    vi.advanceTimersByTime(28_000);
    expect(due).toEqual(['own', 'requested']);
    expect(timers.mustWait('requested')).toBe(false);
    vi.advanceTimersByTime(30_000);
    expect(due).toEqual(['own', 'requested', 'far']);
    expect(timers.isEmpty()).toBe(true);
  });

  it('are cancelled one by one and all at once', () => {
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
