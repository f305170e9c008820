import { randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ifCode } from './error-code.ts';
import { withFile } from './open-file.ts';
import { removeFile } from './remove.ts';
import { renameFile } from './rename.ts';

/**
 * Replaces a file so that a reader sees the old one or the new one, never half of one: a temporary
 * file in the same folder, fsync, rename, fsync of the folder. Durable when it resolves. Makes
 * missing folders. Rejects with the system's error and then leaves the old file as it was and
 * nothing beside it. `mode` is that of the new file, less the umask.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // A process that is killed here leaves this file behind. The server removes such files as
  // orphaned blobs, so the name must be a valid blob name.
  const temporary = join(folder, `gabinet-${randomUUID()}.part`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameDurably(temporary, path);
  } catch (error) {
    // Why nothing was written matters more than a temporary file that cannot be removed.
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
}

/**
 * Moves a complete file to its final name on the same file system, replacing what is there: fsync,
 * rename, fsync of the folder. Durable when it resolves. Rejects with the system's error.
 */
export async function moveFileDurably(from: string, to: string): Promise<void> {
  await syncFile(from);
  await renameDurably(from, to);
}

/**
 * Renames a file whose content is flushed already, and makes the new name durable. Rejects with the
 * system's error.
 */
export async function renameDurably(from: string, to: string): Promise<void> {
  await renameFile(from, to);
  await syncFolder(dirname(to));
}

/** Flushes a file's content to the disk. Rejects with the system's error. */
export function syncFile(path: string): Promise<void> {
  return withFile(path, (file) => file.sync(), 'r+');
}

/**
 * File systems that cannot flush a folder: `EINVAL` for network shares and FUSE on Linux (fsync(2)),
 * `ENOTSUP` for network shares on macOS, `ENOSYS` for FUSE, `EBADF` for systems that flush only what
 * is open for writing. They decide themselves when a name is durable.
 */
const NOT_FLUSHABLE = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EBADF'];
/** Folders that may be written but not read, such as drop boxes, cannot be opened to flush them. */
const NOT_READABLE = ['EACCES', 'EPERM'];

/**
 * Makes the names in a folder durable, as far as the file system can; it does not fail where that
 * is impossible. Does nothing on Windows, which cannot flush folders; its renames are journaled.
 * Rejects with the system's error if the folder is missing or the disk fails.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r').catch(ifCode(NOT_READABLE, null));
  if (folder === null) return;
  try {
    await folder.sync().catch(ifCode(NOT_FLUSHABLE, undefined));
  } finally {
    await folder.close();
  }
}
