import { join } from 'node:path';
import { inspect } from '../../main/files/file-worker.ts';
import type { InspectAnswer, InspectTask } from '../../main/files/inspection.ts';
import { isToolHere, tools } from '../properties/fuzz/other-tools.ts';
import { realFileWorkers } from '../support/real-file-workers.ts';
import { type BenchChild, startChild } from './child-calls.ts';
import { type Contestant, type Figure, median, note, raceInRounds } from './figures.ts';
import type { ToolCall } from './tool-child.ts';

const ROUNDS = 11;

export interface BenchFiles {
  /** The big bundle. */
  readonly path: string;
  /** For other temporary files; removed at the end. */
  readonly folder: string;
}

export function inspectTask({ path, folder }: BenchFiles): InspectTask {
  return { path, fileName: 'big.gab', policy: 'strict', thumbnailPath: join(folder, 'thumbnail') };
}

export function assertValid(answer: InspectAnswer): void {
  if (!answer.ok || answer.value.report.verdict !== 'valid') throw new Error('the big bundle is not valid');
}

/**
 * Compares the application's complete check with the integrity tests of unzip and 7z, taking turns
 * within one run.
 */
export async function measureSpeed(files: BenchFiles): Promise<Figure[]> {
  const fileWorkers = realFileWorkers();
  const task = inspectTask(files);
  const signal = new AbortController().signal;
  const ours: Record<string, Contestant> = {
    'check-in-worker': async () => assertValid(await fileWorkers.inspect(task, signal)),
    'check-in-process': async () => assertValid(await inspect(task)),
  };
  const toolStarter = await startChild<ToolCall, void>(new URL('./tool-child.ts', import.meta.url));
  try {
    const present = await presentTools(files.path, toolStarter);
    const times = await raceInRounds({ ...ours, ...present }, ROUNDS);
    const medians = new Map([...times].map(([name, values]) => [name, median(values)]));
    for (const [name, ms] of medians) note(`${name}: median ${ms.toFixed(0)} ms of ${ROUNDS} rounds`);
    return ratios(medians);
  } finally {
    await toolStarter.stop();
    await fileWorkers.close();
  }
}

async function presentTools(
  path: string,
  toolStarter: BenchChild<ToolCall, void>,
): Promise<Record<string, Contestant>> {
  const commands: Readonly<Record<string, readonly string[]>> = { unzip: ['-tqq', path], '7z': ['t', path] };
  const present: Record<string, Contestant> = {};
  for (const [name, args] of Object.entries(commands)) {
    const tool = tools.find((candidate) => candidate.name === name);
    if (tool && (await isToolHere(tool))) present[name] = () => toolStarter.call({ command: name, args });
    else note(`not measured: ${name} is not installed`);
  }
  return present;
}

function ratios(medians: ReadonlyMap<string, number>): Figure[] {
  const goals = [
    ['unzip', 0.7],
    ['7z', 1.1],
  ] as const;
  return ['check-in-worker', 'check-in-process'].flatMap((ours) =>
    goals.flatMap(([tool, goal]) => {
      const [mine, theirs] = [medians.get(ours), medians.get(tool)];
      return mine === undefined || theirs === undefined
        ? []
        : [{ name: `${ours}-to-${tool}`, value: mine / theirs, goal }];
    }),
  );
}
