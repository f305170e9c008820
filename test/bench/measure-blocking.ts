import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTick, setTimeout as pause } from 'node:timers/promises';
import type { InspectAnswer } from '../../main/files/inspection.ts';
import { realFileWorkers } from '../support/real-file-workers.ts';
import { type Figure, note } from './figures.ts';
import { assertValid, type BenchFiles, inspectTask } from './measure-speed.ts';

const BUNDLES = 5;
const ROUNDS = 5;
/** About as long as five inspections take. */
const IDLE_MS = 2000;
const GOAL_MS = 8;
/** The monitor's interval, which is part of every delay that it reports. */
const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1_000_000;
const MICROSECONDS_PER_MS = 1000;

/**
 * Measures how long the main thread of the application is blocked while its workers inspect five
 * bundles. Takes the best of several rounds: delays caused by the program occur in every round,
 * those caused by the machine only in some.
 */
export async function measureBlocking(files: BenchFiles): Promise<Figure[]> {
  const fileWorkers = realFileWorkers();
  const inspect = () => fileWorkers.inspect(inspectTask(files), new AbortController().signal);
  try {
    // In the first round the workers start and compile their code.
    assertValid(await inspect());
    const delaysMs: number[] = [];
    const ownWorkMs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      delaysMs.push(await longestDelayMs(() => inspectAll(inspect)));
      ownWorkMs.push(await longestOwnWorkMs(inspect));
    }
    // The delays of an idle thread on this machine: the lower bound for any program.
    note(`idle thread, longest delay: ${(await longestDelayMs(() => pause(IDLE_MS))).toFixed(1)} ms`);
    note(`main thread, longest delays: ${listOf(delaysMs)} ms`);
    note(`main thread, longest turns: ${listOf(ownWorkMs)} ms`);
    return [
      { name: 'main-thread-longest-delay-ms', value: Math.min(...delaysMs), goal: GOAL_MS },
      { name: 'main-thread-longest-own-work-ms', value: Math.min(...ownWorkMs), goal: GOAL_MS },
    ];
  } finally {
    await fileWorkers.close();
  }
}

const listOf = (figures: readonly number[]): string => figures.map((figure) => figure.toFixed(1)).join(' ');

type Inspect = () => Promise<InspectAnswer>;

async function inspectAll(inspect: Inspect): Promise<void> {
  for (const answer of await Promise.all(Array.from({ length: BUNDLES }, inspect))) assertValid(answer);
}

/** The longest time for which the event loop was blocked. */
async function longestDelayMs(run: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await run();
  delays.disable();
  return Math.max(0, delays.max / NANOSECONDS_PER_MS - RESOLUTION_MS);
}

/**
 * The longest turn of the event loop in processor time of this thread, which is the work done by
 * the thread itself. A delay also includes time in which the machine ran other threads, which no
 * program can avoid.
 */
async function longestOwnWorkMs(inspect: Inspect): Promise<number> {
  const stopping = new AbortController();
  const watching = watchTurns(stopping.signal);
  await inspectAll(inspect);
  stopping.abort();
  return watching;
}

async function watchTurns(signal: AbortSignal): Promise<number> {
  let longestMs = 0;
  let before = usedMs();
  while (!signal.aborted) {
    await nextTick();
    const now = usedMs();
    longestMs = Math.max(longestMs, now - before);
    before = now;
  }
  return longestMs;
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}
