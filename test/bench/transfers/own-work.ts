import { setImmediate as nextTurn } from 'node:timers/promises';

const MICROSECONDS_PER_MS = 1000;

/**
 * Measures the turns of this thread's event loop while `work` runs. Returns their processor times
 * in milliseconds, longest first.
 */
export async function turnsOf(work: () => Promise<unknown>): Promise<readonly number[]> {
  const stopping = new AbortController();
  const watching = watchTurns(stopping.signal);
  await work();
  stopping.abort();
  return (await watching).toSorted((left, right) => right - left);
}

async function watchTurns(signal: AbortSignal): Promise<number[]> {
  const turnsMs: number[] = [];
  let before = usedMs();
  while (!signal.aborted) {
    await nextTurn();
    const now = usedMs();
    turnsMs.push(now - before);
    before = now;
  }
  return turnsMs;
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}
