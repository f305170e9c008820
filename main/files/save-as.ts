import { link } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../node/atomic-file.ts';
import { hasErrorCode } from '../../node/error-code.ts';
import { createFile } from '../../node/open-file.ts';
import { removeFile } from '../../node/remove.ts';
import { renameFile } from '../../node/rename.ts';
import { retryRefused } from '../../node/retry-refused.ts';
import { type FileNamePlatform, numberedFileName, safeFileName } from '../../shared/domain/file-names.ts';

/** More copies of one name in one folder would mean a bug. */
const MAX_COPIES = 10_000;
const NO_HARD_LINKS = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Moves a finished file into a folder under the name that a person chose, or `Mara (2).gab` if that
 * is taken. Never overwrites. Both must be on the same file system. Returns the path. Rejects with
 * the system's error, and then the file has its temporary name only.
 */
export async function saveAs(temporaryPath: string, folder: string, wantedName: string): Promise<string> {
  const name = safeFileName(wantedName, fileNamePlatform());
  for (let number = 1; number <= MAX_COPIES; number += 1) {
    const path = join(folder, numberedFileName(name, number));
    if (await saveUnder(temporaryPath, path)) return path;
  }
  throw new Error(`No free name for ${JSON.stringify(name)} in ${folder}`);
}

export function fileNamePlatform(): FileNamePlatform {
  if (process.platform === 'win32') return 'windows';
  return process.platform === 'darwin' ? 'macos' : 'linux';
}

/** Returns false if the name is taken. */
async function saveUnder(temporaryPath: string, path: string): Promise<boolean> {
  const takeBack = await publish(temporaryPath, path);
  if (takeBack === null) return false;
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    // The disk has failed. Why matters more than whether it also refuses this.
    await takeBack().catch(() => undefined);
    throw error;
  }
  // The file is safe under its final name. Partial files that cannot be removed now are swept later.
  await removeFile(temporaryPath).catch(() => undefined);
  return true;
}

type TakeBack = () => Promise<void>;

/**
 * Gives the file its final name and returns how to take it back, or null if the name is taken: a
 * hard link then fails, whereas a rename would overwrite.
 */
async function publish(temporaryPath: string, path: string): Promise<TakeBack | null> {
  try {
    await retryRefused(() => link(temporaryPath, path), { codes: ['EBUSY'] });
    return () => removeFile(path);
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return null;
    if (!hasErrorCode(error, ...NO_HARD_LINKS)) throw error;
    return publishWithoutLinks(temporaryPath, path);
  }
}

/**
 * FAT and some network drives have no hard links. An empty file reserves the name until the rename
 * replaces it.
 */
async function publishWithoutLinks(temporaryPath: string, path: string): Promise<TakeBack | null> {
  if (!(await createFile(path, ''))) return null;
  try {
    await renameFile(temporaryPath, path);
    return () => renameFile(path, temporaryPath);
  } catch (error) {
    await removeFile(path).catch(() => undefined);
    throw error;
  }
}
