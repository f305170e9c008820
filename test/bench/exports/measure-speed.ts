import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFile } from '../../../node/exports/export-file.ts';
import { fillZip } from '../../../node/exports/fill-zip.ts';
import { openPartialZip } from '../../../node/exports/partial-zip.ts';
import { PhaseProgress } from '../../../node/exports/progress.ts';
import { createWriteLanes } from '../../../node/exports/write-lanes.ts';
import { writeExportZip } from '../../../node/exports/write-zip.ts';
import { layOutZip } from '../../../node/exports/zip-layout.ts';
import { renameFile } from '../../../node/rename.ts';
import { isToolHere } from '../../properties/fuzz/other-tools.ts';
import { startChild } from '../child-calls.ts';
import { type Contestant, type Figure, median, note, raceInRounds } from '../figures.ts';
import type { ToolCall } from '../tool-child.ts';
import { makeBenchFiles } from './bench-files.ts';

const FILES = 200;
const FILE_BYTES = 10_000_000;
const ROUNDS = 9;
/** At least as fast as the better of the two. */
const GOAL = 1;

const TOOLS = [
  { name: '7z', probe: ['i'], args: ['a', '-tzip', '-mx0', '-bso0', '-bsp0'] },
  {
    name: 'bsdtar',
    probe: ['--version'],
    args: ['--format', 'zip', '--options', 'zip:compression=store', '-cf'],
  },
] as const;

/**
 * 200 files of 10 MB to one ZIP. The writer alone flushes nothing, like the tools; `durable` are
 * the whole writer without its check, and the tools with `sync` for their file.
 */
export async function measureExportSpeed(folder: string, only?: readonly string[]): Promise<Figure[]> {
  const files = await makeBenchFiles(join(folder, 'avatars'), FILES, FILE_BYTES);
  const output = join(folder, 'output');
  const target = join(output, 'export.zip');
  const starter = await startChild<ToolCall, void>(new URL('../tool-child.ts', import.meta.url));
  const call = (command: string, args: readonly string[]) => starter.call({ command, args });
  try {
    const contestants: Record<string, Contestant> = {
      writer: () => fillOnly(files, target),
      'writer-durable': () => writeExportZip({ files, target, isChecked: false }),
      'writer-durable-checked': () => writeExportZip({ files, target }),
      cat: () => call('sh', ['-c', 'cat "$1"/* > "$2"', 'sh', join(folder, 'avatars'), target]),
    };
    for (const { name, probe, args } of TOOLS) {
      if (!(await isToolHere({ name, probe }))) {
        note(`not measured: ${name} is not installed`);
        continue;
      }
      const paths = name === 'bsdtar' ? [target, '-C', folder, 'avatars'] : [target, join(folder, 'avatars')];
      contestants[name] = () => call(name, [...args, ...paths]);
      contestants[`${name}-durable`] = async () => {
        await call(name, [...args, ...paths]);
        await call('sync', [target]);
      };
    }
    const before = async () => {
      // What the previous contestant has not written to the disk yet would slow down the next one.
      await rm(output, { recursive: true, force: true });
      await call('mkdir', [output]);
      await call('sync', []);
    };
    const chosen = Object.entries(contestants).filter(([name]) => only?.includes(name) ?? true);
    const times = await raceInRounds(Object.fromEntries(chosen), ROUNDS, before);
    const medians = new Map([...times].map(([name, values]) => [name, median(values)]));
    for (const [name, values] of times)
      note(
        `${name}: median ${median(values).toFixed(0)} ms, ${Math.min(...values).toFixed(0)} to ` +
          `${Math.max(...values).toFixed(0)} ms, of ${ROUNDS} rounds`,
      );
    return ratios(medians);
  } finally {
    await starter.stop();
  }
}

/** The writer without flushing and checking. */
async function fillOnly(files: readonly ExportFile[], target: string): Promise<void> {
  const layout = layOutZip(files);
  const { handle, path } = await openPartialZip({ files, target, sizeBytes: layout.sizeBytes });
  try {
    const progress = new PhaseProgress({ totalBytes: layout.contentBytes, totalFiles: layout.count }, undefined);
    const zip = { handle, files, layout, crcs: new Uint32Array(layout.count) };
    await fillZip(zip, { lanes: createWriteLanes(), progress, isResumed: false });
  } finally {
    await handle.close();
  }
  await renameFile(path, target);
}

function ratios(medians: ReadonlyMap<string, number>): Figure[] {
  const of = (name: string) => medians.get(name) ?? Number.POSITIVE_INFINITY;
  const best = (suffix: string) => Math.min(...TOOLS.map(({ name }) => of(name + suffix)));
  return [
    { name: 'zip-writer-to-best-tool', value: of('writer') / best(''), goal: GOAL },
    { name: 'zip-writer-durable-to-best-tool-durable', value: of('writer-durable') / best('-durable'), goal: GOAL },
    { name: 'zip-writer-to-cat', value: of('writer') / of('cat'), goal: GOAL },
  ].filter(({ value }) => Number.isFinite(value) && value > 0);
}
