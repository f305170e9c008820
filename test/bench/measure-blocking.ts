import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTick } from 'node:timers/promises';
import { createInspector } from '../../main/files/inspector.ts';
import { type Figure, note } from './figures.ts';
import { assertValid, type BenchFiles, inspectTask, inspectWorkerUrl } from './measure-speed.ts';

const BUNDLES = 5;
const GOAL_MS = 8;
/** The monitor wakes up this often; it is part of every delay it reports. */
const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1_000_000;
const MICROSECONDS_PER_MS = 1000;

/** How long the application's main thread is kept from its work while its workers inspect five bundles. */
export async function measureBlocking(files: BenchFiles): Promise<Figure[]> {
  const inspector = createInspector(inspectWorkerUrl);
  const signal = new AbortController().signal;
  const task = inspectTask(files);
  try {
    // The worker starts and compiles the first time.
    assertValid(await inspector.inspect(task, signal));
    const busiest = watchOwnWork();
    const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delays.enable();
    const answers = await Promise.all(Array.from({ length: BUNDLES }, () => inspector.inspect(task, signal)));
    delays.disable();
    const ownMs = await busiest.stop();
    for (const answer of answers) assertValid(answer);
    const delayMs = Math.max(0, delays.max / NANOSECONDS_PER_MS - RESOLUTION_MS);
    note(`main thread: median delay ${(delays.percentile(50) / NANOSECONDS_PER_MS - RESOLUTION_MS).toFixed(2)} ms`);
    return [
      { name: 'main-thread-longest-delay-ms', value: delayMs, goal: GOAL_MS },
      { name: 'main-thread-longest-own-work-ms', value: ownMs, goal: GOAL_MS },
    ];
  } finally {
    await inspector.close();
  }
}

/**
 * Processor time of this thread between two turns of its loop: what it did itself. A delay also holds the time in which
 * the machine ran somebody else's threads, which no program can help.
 */
function watchOwnWork(): { stop(): Promise<number> } {
  const stopping = new AbortController();
  let longestMs = 0;
  const watch = async () => {
    let before = usedMs();
    while (!stopping.signal.aborted) {
      await nextTick();
      const now = usedMs();
      longestMs = Math.max(longestMs, now - before);
      before = now;
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stopping.abort();
      await watching;
      return longestMs;
    },
  };
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}
