import { type FileHandle, open } from 'node:fs/promises';
import { hasErrorCode } from './error-code.ts';
import { removeFile } from './remove.ts';
import { retryRefused } from './retry-refused.ts';

/**
 * Opens a file to read it. One that another program has to itself (`EBUSY`: a virus scanner, an
 * editor that is still saving) is tried again for two seconds. Rejects with the system's error.
 */
export function openFile(path: string, flags: 'r' | 'r+' = 'r'): Promise<FileHandle> {
  // A permission that is missing does not come by waiting, and many files may lack it.
  return retryRefused(() => open(path, flags), { codes: ['EBUSY'] });
}

/**
 * Opens a file for as long as `work` runs and closes it afterwards. Rejects with the system's
 * error, or with that of `work`.
 */
export async function withFile<Value>(
  path: string,
  work: (file: FileHandle) => Promise<Value>,
  flags: 'r' | 'r+' = 'r',
): Promise<Value> {
  const file = await openFile(path, flags);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/**
 * Creates a file that only this account may read. False if there is something of that name already,
 * which is neither followed nor overwritten. Not flushed to the disk. Rejects with the system's
 * error, and leaves nothing behind then.
 */
export async function createFile(path: string, content: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
  } catch (error) {
    await removeFile(path).catch(() => undefined);
    throw error;
  }
  return true;
}
