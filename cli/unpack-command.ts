import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeFolder } from '../node/remove.ts';
import { type OpenBundle, openBundle } from '../shared/gab/open-bundle.ts';
import { type CommandOutput, UsageError } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatReport } from './format-report.ts';
import { readOptions, withSource } from './node-bundle.ts';

export interface UnpackRequest {
  readonly file: string;
  readonly folder: string;
}

/**
 * Writes the files of a bundle into a new folder. Only valid bundles are unpacked, so their paths
 * stay inside the folder on every system. `pack` makes the same bundle from the folder again.
 */
export async function unpackFile({ file, folder }: UnpackRequest, output: CommandOutput): Promise<ExitCode> {
  return withSource(file, async (source) => {
    const opened = await openBundle(source, readOptions(file));
    if (!opened.ok) {
      output.writeError(`${formatReport(file, opened.report)}Nothing was unpacked.\n`);
      return exitCodes.invalid;
    }
    await makeFreshFolder(folder);
    const count = await writeEntries(opened.bundle, folder);
    output.writeOut(`${folder}: ${count} files\n`);
    return exitCodes.ok;
  });
}

/** An existing empty folder is allowed; other files must not mix with those of the bundle. */
async function makeFreshFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new UsageError(`${folder} isn't empty; choose a new folder`);
}

/** All or nothing: if a file can't be written, the others are removed. */
async function writeEntries(bundle: OpenBundle, folder: string): Promise<number> {
  const paths = bundle.entries.map(({ path }) => path).filter((path) => path !== 'mimetype');
  try {
    for (const path of paths) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      // Exclusive, so that a link that was created there in the meantime is not followed.
      await writeFile(target, await bundle.readEntry(path), { flag: 'wx' });
    }
  } catch (error) {
    await Promise.all((await readdir(folder)).map((name) => removeFolder(join(folder, name))));
    throw error;
  }
  return paths.length;
}
