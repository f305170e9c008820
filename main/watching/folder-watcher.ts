import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { watch } from 'chokidar';
import { SNIFF_BYTES, startsLikeZip } from '../../shared/gab/sniff.ts';
import { END_RECORD_BYTES, findEndRecord, MAX_END_RECORD_BYTES } from '../../shared/gab/zip/end-record.ts';

/** Facts that show whether a file has changed, without reading it. */
export interface FileFacts {
  readonly sizeBytes: number;
  /** Whole milliseconds since 1970. */
  readonly modifiedAtMs: number;
}

export interface FolderListener {
  /**
   * A file with a bundle's name is new or has changed. Also called for each file that exists at the
   * start.
   */
  changed(path: string): void;
  /** The files that existed at the start have been reported. */
  ready(): void;
  /** Watching has ended with an error. */
  failed(error: unknown): void;
}

export interface FolderWatcher {
  close(): Promise<void>;
}

const EXTENSION = '.gab';
const ZIP_SIGNATURE = Uint8Array.of(0x50, 0x4b, 0x03, 0x04);

/**
 * Whether a name is that of a finished bundle: not hidden, and not one that tools give to
 * unfinished files.
 */
export function isBundleName(name: string): boolean {
  return !/^[.~]/.test(name) && name.toLowerCase().endsWith(EXTENSION);
}

/** Watches the files of a folder. Subfolders and links are not followed. */
export function watchFolder(folder: string, listener: FolderListener): FolderWatcher {
  const watcher = watch(folder, {
    depth: 0,
    followSymlinks: false,
    atomic: false,
    ignored: (path: string, stats?: Stats) => stats?.isFile() === true && !isBundleName(basename(path)),
  });
  const report = (path: string) => {
    if (isBundleName(basename(path))) listener.changed(path);
  };
  watcher.on('add', report);
  watcher.on('change', report);
  watcher.on('ready', () => listener.ready());
  watcher.on('unlinkDir', (path) => {
    if (path === folder) listener.failed(new Error('The folder is gone'));
  });
  watcher.on('error', (error) => listener.failed(error));
  return { close: () => watcher.close() };
}

/**
 * The paths of the files in a folder that have a bundle's name. Rejects with the operating system's
 * error.
 */
export async function listBundles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && isBundleName(entry.name)).map(({ name }) => join(folder, name));
}

/**
 * Identifies a folder: another folder with the same name has another identity. Null if there is
 * none.
 */
export async function folderIdentity(path: string): Promise<string | null> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isDirectory() === true ? `${stats.dev}:${stats.ino}` : null;
}

/** Null if there is no such file, or if it is a link, a folder or a device. */
export async function readFileFacts(path: string): Promise<FileFacts | null> {
  const stats = await lstat(path).catch(() => null);
  if (stats?.isFile() !== true) return null;
  return { sizeBytes: stats.size, modifiedAtMs: Math.trunc(stats.mtimeMs) };
}

/**
 * Whether a file is complete: a ZIP must end with its end record, with the directory before it. A
 * file that does not start like a ZIP has no end to look for. Also false if the file cannot be read
 * now: some systems lock a file while it is written.
 */
export async function hasValidEnd(path: string): Promise<boolean> {
  // A link that has replaced the file in the meantime is not followed.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => null);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    const { buffer: head, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    if (!hasBegun(head.subarray(0, bytesRead))) return false;
    if (!startsLikeZip(head.subarray(0, bytesRead))) return true;
    const tailBytes = Math.min(size, MAX_END_RECORD_BYTES);
    if (tailBytes < END_RECORD_BYTES) return false;
    const tail = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, size - tailBytes);
    return endsLikeZip(tail.buffer.subarray(0, tail.bytesRead), size);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/**
 * False for an empty file, for a part of a ZIP's signature, and for the zeros of a file that was
 * allocated before it is written.
 */
function hasBegun(head: Uint8Array): boolean {
  const start = head.subarray(0, ZIP_SIGNATURE.byteLength);
  if (start.every((byte) => byte === 0)) return false;
  return start.byteLength === ZIP_SIGNATURE.byteLength || !start.every((byte, at) => byte === ZIP_SIGNATURE[at]);
}

function endsLikeZip(tail: Uint8Array, sizeBytes: number): boolean {
  const { exact, tolerant } = findEndRecord(tail, sizeBytes);
  const end = exact ?? tolerant;
  return end !== null && end.directoryOffset + end.directorySize <= end.position;
}
