import { setImmediate as nextTurn } from 'node:timers/promises';

const MICROSECONDS_PER_MS = 1000;

/** The turns of this thread's loop while `work` ran, longest first, in milliseconds of processor time: what it did itself. */
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
