import { type FileHandle, open } from 'node:fs/promises';
import { hasErrorCode } from './error-code.ts';

/**
 * Opens a file for as long as `work` runs and closes it afterwards. Rejects with the system's
 * error, or with that of `work`.
 */
export async function withFile<Value>(
  path: string,
  work: (file: FileHandle) => Promise<Value>,
  flags: 'r' | 'r+' = 'r',
): Promise<Value> {
  const file = await open(path, flags);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/**
 * Creates a file that only this account may read. False if there is something of that name already,
 * which is neither followed nor overwritten. Not flushed to the disk.
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
    await file.writeFile(content);
  } finally {
    await file.close();
  }
  return true;
}
