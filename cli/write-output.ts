import { lstat } from 'node:fs/promises';
import { writeFileAtomic } from '../node/atomic-file.ts';
import { ifMissing } from '../node/error-code.ts';
import { GAB_FILE_EXTENSION } from '../shared/gab/limits.ts';
import { type WriteRequest, writeBundle } from '../shared/gab/write/write-bundle.ts';
import { formatBytes } from '../shared/lib/sizes.ts';
import { type CommandOutput, describeSystemError, UsageError } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatFindings, formatReport } from './format-report.ts';
import { bundleTools } from './node-bundle.ts';

/** Readable for whom the user's umask allows, as any file that a program saves. */
const FILE_MODE = 0o666;

export interface OutputFile {
  readonly file: string;
  /** Replaces a file that is there. */
  readonly force: boolean;
}

/** Refuses a name that no bundle has, and to overwrite. Called before any work is done. */
export async function checkOutput({ file, force }: OutputFile): Promise<void> {
  if (!file.toLowerCase().endsWith(GAB_FILE_EXTENSION)) {
    throw new UsageError(`${file}: the name of a bundle ends in ${GAB_FILE_EXTENSION}`);
  }
  if (!force && (await exists(file))) throw new UsageError(`${file} is there already; --force replaces it`);
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(ifMissing(null))) !== null;
}

/** Writes the bundle whole or not at all, and says what came of it: the findings go to the errors if nothing was written. */
export async function writeOutput(target: OutputFile, request: WriteRequest, output: CommandOutput): Promise<ExitCode> {
  const written = await writeBundle(request, bundleTools);
  if (!written.ok) {
    output.writeError(`${target.file} was not written.\n${formatFindings(written.failure.findings)}`);
    return exitCodes.invalid;
  }
  const { bytes, report } = written.value;
  // Checked again: somebody may have created a file there in the meantime.
  await checkOutput(target);
  try {
    await writeFileAtomic(target.file, bytes, FILE_MODE);
  } catch (error) {
    throw new UsageError(`cannot write ${target.file}: ${describeSystemError(error)}`);
  }
  output.writeOut(`${formatReport(target.file, report)}${formatBytes(bytes.byteLength)} written.\n`);
  return exitCodes.ok;
}
