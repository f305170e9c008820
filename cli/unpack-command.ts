import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
 * Writes the files of a bundle into a fresh folder. Only of a bundle that is valid from end to end: its paths are then
 * known to stay inside the folder, on every system. `pack` makes the same bundle of the folder again.
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

/** An empty folder may be there already; files that would mix with the bundle's may not. */
async function makeFreshFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new UsageError(`${folder} is not empty: name a new folder`);
}

/** All or nothing: what was written is taken back if one file cannot be. */
async function writeEntries(bundle: OpenBundle, folder: string): Promise<number> {
  const paths = bundle.entries.map(({ path }) => path).filter((path) => path !== 'mimetype');
  try {
    for (const path of paths) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      // Exclusive: a link that somebody has created there in the meantime is not followed.
      await writeFile(target, await bundle.readEntry(path), { flag: 'wx' });
    }
  } catch (error) {
    await Promise.all((await readdir(folder)).map((name) => rm(join(folder, name), { recursive: true, force: true })));
    throw error;
  }
  return paths.length;
}
