import { link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../node/atomic-file.ts';
import { hasErrorCode } from '../../node/error-code.ts';
import { createFile } from '../../node/open-file.ts';
import { type FileNamePlatform, numberedFileName, safeFileName } from '../../shared/domain/file-names.ts';

/** More copies of one name in one folder would mean a bug. */
const MAX_COPIES = 10_000;
const NO_HARD_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Moves a finished file into a folder under the name that a person chose, or `Mara (2).gab` if that
 * is taken. Never overwrites. Both must be on the same file system. Returns the path.
 */
export async function saveAs(temporaryPath: string, folder: string, wantedName: string): Promise<string> {
  const name = safeFileName(wantedName, fileNamePlatform());
  for (let number = 1; number <= MAX_COPIES; number += 1) {
    const path = join(folder, numberedFileName(name, number));
    if (await claim(temporaryPath, path)) {
      await syncFolder(folder);
      return path;
    }
  }
  throw new Error(`No free name for ${JSON.stringify(name)} in ${folder}`);
}

export function fileNamePlatform(): FileNamePlatform {
  if (process.platform === 'win32') return 'windows';
  return process.platform === 'darwin' ? 'macos' : 'linux';
}

/** Returns false if the name is taken: a hard link then fails, whereas a rename would overwrite. */
async function claim(temporaryPath: string, path: string): Promise<boolean> {
  try {
    await link(temporaryPath, path);
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    if (!hasErrorCode(error, ...NO_HARD_LINKS)) throw error;
    return claimWithoutLinks(temporaryPath, path);
  }
  await rm(temporaryPath);
  return true;
}

/**
 * FAT and some network drives have no hard links. An empty file reserves the name until the rename
 * replaces it.
 */
async function claimWithoutLinks(temporaryPath: string, path: string): Promise<boolean> {
  if (!(await createFile(path, ''))) return false;
  await rename(temporaryPath, path);
  return true;
}
