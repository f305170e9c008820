import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMutant } from './make-mutant.ts';

/** The folder for failing mutants, which Git ignores. */
const FAILURE_FOLDER = '.gabinet/fuzz';

/** Writes a mutant to a file and prints to standard error where it is and how to reproduce it. */
export async function keepMutant(seed: number, number: number): Promise<void> {
  await mkdir(FAILURE_FOLDER, { recursive: true });
  const path = join(FAILURE_FOLDER, `mutant-${seed}-${number}.gab`);
  await writeFile(path, makeMutant(seed, number).bytes);
  process.stderr.write(`${path}: node test/properties/fuzz/fuzz-bundles.ts --replay ${seed}:${number}\n`);
}
