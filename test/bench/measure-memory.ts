import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MIB } from '../../shared/lib/sizes.ts';
import { bombs } from './bombs.ts';
import { type Figure, note } from './figures.ts';
import type { BenchFiles } from './measure-speed.ts';

const run = promisify(execFile);
const childPath = fileURLToPath(new URL('./peak-memory-child.ts', import.meta.url));
/** Memory that a check may take in addition to the file itself. */
const GOAL_OVER_FILE_MIB = 64;

/**
 * Peak resident memory of a fresh process that checks one file, minus its memory before the check
 * and the size of the file.
 */
export async function measureMemory({ path, folder }: BenchFiles): Promise<Figure[]> {
  if (!(await canMeasure())) {
    note('not measured: this system does not report peak resident memory');
    return [];
  }
  const figures = [await measureFile('big-bundle', path)];
  for (const [name, makeBytes] of Object.entries(bombs)) {
    const bombPath = join(folder, `${name}.gab`);
    await writeFile(bombPath, makeBytes());
    figures.push(await measureFile(name, bombPath));
  }
  return figures;
}

async function canMeasure(): Promise<boolean> {
  return readFile('/proc/self/status', 'utf8').then(
    (text) => text.includes('VmHWM'),
    () => false,
  );
}

async function measureFile(name: string, path: string): Promise<Figure> {
  const { stdout } = await run(process.execPath, [childPath, path]);
  const { growthBytes, verdict } = JSON.parse(stdout) as { growthBytes: number; verdict: string };
  const { size } = await stat(path);
  note(`${name}: ${(size / MIB).toFixed(1)} MiB, ${verdict}, memory grew by ${(growthBytes / MIB).toFixed(1)} MiB`);
  return {
    name: `memory-over-file-${name}-mib`,
    value: (growthBytes - size) / MIB,
    goal: GOAL_OVER_FILE_MIB,
    digits: 1,
  };
}
