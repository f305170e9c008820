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

/** Readable as the user's umask allows, like any saved file. */
const FILE_MODE = 0o666;

export interface OutputFile {
  readonly file: string;
  /** Replaces an existing file. */
  readonly force: boolean;
}

/**
 * Refuses names without the extension of bundles, and existing files. Called before any work is
 * done.
 */
export async function checkOutput({ file, force }: OutputFile): Promise<void> {
  if (!file.toLowerCase().endsWith(GAB_FILE_EXTENSION)) {
    throw new UsageError(`${file}: the name of a bundle must end in ${GAB_FILE_EXTENSION}`);
  }
  if (!force && (await exists(file))) throw new UsageError(`${file} already exists; use --force to replace it`);
}

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(ifMissing(null))) !== null;
}

/**
 * Writes the complete bundle or nothing, and prints the result. If nothing is written, the findings
 * go to standard error.
 */
export async function writeOutput(target: OutputFile, request: WriteRequest, output: CommandOutput): Promise<ExitCode> {
  const written = await writeBundle(request, bundleTools);
  if (!written.ok) {
    output.writeError(`${target.file} was not written.\n${formatFindings(written.failure.findings)}`);
    return exitCodes.invalid;
  }
  const { bytes, report } = written.value;
  // Checked again, because the file may have been created in the meantime.
  await checkOutput(target);
  try {
    await writeFileAtomic(target.file, bytes, FILE_MODE);
  } catch (error) {
    throw new UsageError(`can't write ${target.file}: ${describeSystemError(error)}`);
  }
  output.writeOut(`${formatReport(target.file, report)}${formatBytes(bytes.byteLength)} written.\n`);
  return exitCodes.ok;
}
