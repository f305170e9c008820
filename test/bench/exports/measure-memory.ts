import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { MIB } from '../../../shared/lib/sizes.ts';
import { type Figure, note } from '../figures.ts';
import { makeBenchFiles } from './bench-files.ts';

const run = promisify(execFile);
const childPath = fileURLToPath(new URL('./memory-child.ts', import.meta.url));
const projectPath = fileURLToPath(new URL('../../../', import.meta.url));
const GOAL_MIB = 96;
/** Flat in the number of files: a hundred times as many files may take this much more. */
const GOAL_GROWTH_MIB = 8;
/** Files that are read again and again under different names. */
const SOURCES = 200;
const SOURCE_BYTES = 100_000;

interface Answer {
  readonly peakBytes: number;
  /** Resident memory before the writer starts: Node and the code. */
  readonly startBytes: number;
}

/**
 * Built as the application is: a process that reads TypeScript takes 30 MiB more, whatever it does.
 */
async function buildChild(folder: string): Promise<string> {
  const outDir = join(folder, 'program');
  await build({
    configFile: false,
    root: projectPath,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: childPath,
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return join(outDir, 'child.mjs');
}

/**
 * Peak resident memory of a fresh process, Node included, that writes 200 and 20,000 files of 100
 * KB to a ZIP, flushes and checks it.
 */
export async function measureExportMemory(folder: string): Promise<Figure[]> {
  const sources = join(folder, 'sources.json');
  const originals = await makeBenchFiles(join(folder, 'sources'), SOURCES, SOURCE_BYTES);
  await writeFile(sources, JSON.stringify(originals));
  const program = await buildChild(folder);
  const peaks: number[] = [];
  for (const count of [200, 20_000]) {
    const { stdout } = await run(process.execPath, [program, sources, join(folder, 'memory.zip'), String(count)]);
    const { peakBytes, startBytes } = JSON.parse(stdout) as Answer;
    note(`${count} files: peak ${(peakBytes / MIB).toFixed(1)} MiB, before ${(startBytes / MIB).toFixed(1)} MiB`);
    peaks.push(peakBytes / MIB);
  }
  const [few = Number.NaN, many = Number.NaN] = peaks;
  return [
    { name: 'zip-writer-memory-200-files-mib', value: few, goal: GOAL_MIB, digits: 1 },
    { name: 'zip-writer-memory-20000-files-mib', value: many, goal: GOAL_MIB, digits: 1 },
    { name: 'zip-writer-memory-growth-mib', value: many - few, goal: GOAL_GROWTH_MIB, digits: 1 },
  ];
}
