import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, opendir, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { moveFileDurably, syncFolder, writeFileAtomic } from '../../node/atomic-file.ts';
import { hasErrorCode, ifMissing, isMissing } from '../../node/error-code.ts';
import { removeFile } from '../../node/remove.ts';
import { BLOB_KEY_FORM } from './blob-keys.ts';
import { type BlobInfo, BlobMissingError, type BlobStore, type ByteRange } from './blob-store.ts';
import { localQuarantine } from './local-quarantine.ts';

/** Read-ahead per download, in bytes. */
const READ_BLOCK_BYTES = 256 * 1024;

/** The files of an installation, below its data folder. */
export const blobStoreIn = (dataDir: string): BlobStore => localBlobStore(join(dataDir, 'uploads'));

/**
 * Stores blobs as files below one folder of this machine. A file gets its final name only when it
 * is complete and synced.
 */
export function localBlobStore(rootDir: string): BlobStore {
  const pathOf = (key: string) => {
    if (!BLOB_KEY_FORM.test(key)) throw new Error(`Not a blob key: ${key}`);
    return join(rootDir, key);
  };
  return {
    putFile: (key, path) => moveIntoPlace(path, pathOf(key)),
    putCopy: (key, path) => copyIntoPlace(path, pathOf(key)),
    putBytes: (key, bytes) => writeIntoPlace(pathOf(key), bytes),
    putSame: (key, from) => linkIntoPlace(pathOf(from), pathOf(key)),
    freeBytes: () => freeBytesOf(rootDir),
    info: (key) => infoOf(key, pathOf(key)),
    read: (key, range) => openForReading(key, pathOf(key), range),
    withLocalFile: (key, work) => workWith(key, pathOf(key), work),
    copyTo: (key, path) => linkOrCopy(key, pathOf(key), path),
    remove: (key) => removeFile(pathOf(key)),
    list: (prefix) => listFolder(rootDir, prefix),
    quarantine: localQuarantine(rootDir, pathOf),
  };
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  // The bytes may have arrived days ago. A blob's age counts from when it was stored, or the sweep
  // could take it for an orphan before its row is committed.
  const now = new Date();
  await utimes(from, now, now);
  await moveFileDurably(from, to);
}

/** A file that a crash leaves behind has the name of a blob nobody refers to, so it is swept as an orphan. */
async function writeIntoPlace(to: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(to));
  await writeFileAtomic(to, bytes);
}

/** The temporary name is that of a file which a crash leaves behind, too. */
async function copyIntoPlace(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  const temporary = join(dirname(to), `gabinet-${randomUUID()}.part`);
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    await moveFileDurably(temporary, to);
  } catch (error) {
    await removeFile(temporary);
    throw error;
  }
}

/** No hard links: another file system, one without them, or somebody else's file. */
const NO_LINK = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES', 'ENOSYS'] as const;

/** A stored file never changes, so a second name for it is as good as a copy. */
async function linkOrCopy(key: string, from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isMissing(error) && (await infoOf(key, from)) === null) throw new BlobMissingError(key);
    if (!hasErrorCode(error, ...NO_LINK)) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** Blobs never change, so two of them may be one file with two names. */
async function linkIntoPlace(from: string, to: string): Promise<boolean> {
  await makeFolder(dirname(to));
  try {
    // The sweep of orphans leaves new files alone; their rows may not be committed yet.
    await utimes(from, new Date(), new Date());
    await link(from, to);
  } catch (error) {
    if (isMissing(error) || hasErrorCode(error, ...NO_LINK)) return false;
    throw error;
  }
  await syncFolder(dirname(to));
  return true;
}

async function freeBytesOf(rootDir: string): Promise<number> {
  await makeFolder(rootDir);
  const { bavail, bsize } = await statfs(rootDir);
  return bavail * bsize;
}

/** Only the server's own account may read customers' files. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

async function infoOf(key: string, path: string): Promise<BlobInfo | null> {
  const found = await stat(path).catch(ifMissing(null));
  return found && { key, sizeBytes: found.size, modifiedAt: found.mtime };
}

async function openForReading(key: string, path: string, range?: ByteRange): Promise<Readable> {
  try {
    const handle = await open(path, 'r');
    return handle.createReadStream({
      highWaterMark: READ_BLOCK_BYTES,
      ...(range && { start: range.first, end: range.last }),
    });
  } catch (error) {
    if (isMissing(error)) throw new BlobMissingError(key);
    throw error;
  }
}

/** The blob itself is the local file, and nobody changes it. */
async function workWith<Value>(key: string, path: string, work: (path: string) => Promise<Value>): Promise<Value> {
  if ((await infoOf(key, path)) === null) throw new BlobMissingError(key);
  return work(path);
}

async function* listFolder(rootDir: string, prefix: string): AsyncIterable<BlobInfo> {
  const folder = join(rootDir, prefix);
  await makeFolder(folder);
  for await (const entry of await opendir(folder)) {
    const info = entry.isFile() ? await infoOf(`${prefix}/${entry.name}`, join(folder, entry.name)) : null;
    if (info) yield info;
  }
}
