import { randomUUID } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import { timeForFileName } from '../../node/json-file.ts';
import { removeFile, removeFolder } from '../../node/remove.ts';
import { renameFile } from '../../node/rename.ts';
import { createLruFolder, type LruFolder } from './lru-folder.ts';

export interface BundleFacts {
  /** Of the whole file. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface BundleCacheOptions {
  readonly folder: string;
  /** The most that all bundles together may take, in bytes. */
  readonly capBytes: number;
  /** Reads a whole file, outside the main thread. Null if it cannot be read. */
  measure(path: string): Promise<BundleFacts | null>;
  /**
   * Pinned bundles are never evicted and do not count toward the limit. Absent: none are pinned.
   */
  isPinned?(sha256: string): boolean;
  /** Called when a file did not match its name and was set aside. */
  onQuarantine(movedTo: string): void;
}

/**
 * Whole bundles on disk, by the SHA-256 of their bytes, so that a version can be previewed without
 * a server.
 */
export interface BundleCache {
  /**
   * Returns the bundle's path, or null if it is not cached. Its hash is checked once per run of the
   * application.
   */
  find(wanted: BundleFacts): Promise<string | null>;
  /** Whether a file with this name and size is cached. Does not read the file. */
  holds(wanted: BundleFacts): Promise<boolean>;
  /** Evicts what exceeds the limit, for example after unpinning. */
  trim(): Promise<void>;
  /** Returns a new path on the cache's file system for receiving a bundle. */
  incomingPath(): Promise<string>;
  /**
   * Takes over a flushed file and returns its new path. If it is not the wanted file, sets it aside
   * and returns null.
   */
  keep(wanted: BundleFacts, received: BundleFacts & { readonly path: string }): Promise<string | null>;
  /**
   * Takes over a file that was measured when it was created. It is measured again before its first
   * use.
   */
  adopt(wanted: BundleFacts, path: string): Promise<void>;
}

const NAME = /^[0-9a-f]{64}$/;
/**
 * Damaged files are kept for inspection, but a bad disk or connection must not fill the disk with
 * them.
 */
const MAX_QUARANTINED = 5;

/**
 * Opens the folder lazily. Incomplete files of an earlier run are deleted when the first new file
 * arrives.
 */
export function createBundleCache(options: BundleCacheOptions): BundleCache {
  return new DiskBundleCache(options);
}

class DiskBundleCache implements BundleCache {
  readonly #options: BundleCacheOptions;
  readonly #files: LruFolder;
  readonly #proven = new Set<string>();
  readonly #incomingDir: string;
  readonly #quarantineDir: string;
  #emptied: Promise<void> | null = null;

  constructor(options: BundleCacheOptions) {
    const { folder, capBytes } = options;
    this.#options = options;
    const isKept = (sha256: string) => options.isPinned?.(sha256) ?? false;
    this.#files = createLruFolder({ folder, capBytes, name: NAME, what: 'bundle', isKept });
    this.#incomingDir = join(folder, 'incoming');
    this.#quarantineDir = join(folder, 'quarantine');
  }

  async find(wanted: BundleFacts): Promise<string | null> {
    const { sha256 } = wanted;
    if (!(await this.#files.has(sha256))) return null;
    const path = this.#files.pathOf(sha256);
    const found = await stat(path).catch(ifMissing(null));
    if (found === null) {
      await this.#files.forget(sha256);
      return null;
    }
    const isGood = found.size === wanted.sizeBytes && (await this.#prove(wanted, path));
    if (!isGood) {
      await this.#files.forget(sha256);
      await this.#quarantine(path, sha256);
      return null;
    }
    await this.#files.markUsed(sha256);
    return path;
  }

  async holds({ sha256, sizeBytes }: BundleFacts): Promise<boolean> {
    if (!(await this.#files.has(sha256))) return false;
    const found = await stat(this.#files.pathOf(sha256)).catch(ifMissing(null));
    return found?.size === sizeBytes;
  }

  trim(): Promise<void> {
    return this.#files.trim();
  }

  async incomingPath(): Promise<string> {
    this.#emptied ??= emptyFolder(this.#incomingDir);
    await this.#emptied;
    return join(this.#incomingDir, randomUUID());
  }

  async keep(wanted: BundleFacts, received: BundleFacts & { readonly path: string }): Promise<string | null> {
    if (received.sha256 !== wanted.sha256 || received.sizeBytes !== wanted.sizeBytes) {
      await this.#quarantine(received.path, wanted.sha256);
      return null;
    }
    this.#proven.add(wanted.sha256);
    return this.#moveIn(wanted, received.path);
  }

  async adopt(wanted: BundleFacts, path: string): Promise<void> {
    if (await this.#files.has(wanted.sha256)) await removeFile(path);
    else await this.#moveIn(wanted, path);
  }

  async #moveIn({ sha256, sizeBytes }: BundleFacts, path: string): Promise<string> {
    await mkdir(this.#files.folder, { recursive: true });
    const finalPath = this.#files.pathOf(sha256);
    await renameDurably(path, finalPath);
    await this.#files.add(sha256, sizeBytes);
    return finalPath;
  }

  /** Disks lose data, so a file of an earlier run is read once before it is used. */
  async #prove(wanted: BundleFacts, path: string): Promise<boolean> {
    if (this.#proven.has(wanted.sha256)) return true;
    const measured = await this.#options.measure(path);
    if (measured?.sha256 !== wanted.sha256) return false;
    this.#proven.add(wanted.sha256);
    return true;
  }

  async #quarantine(path: string, sha256: string): Promise<void> {
    await mkdir(this.#quarantineDir, { recursive: true });
    const movedTo = join(this.#quarantineDir, `${timeForFileName()}-${sha256.slice(0, 16)}`);
    await renameFile(path, movedTo).catch(ifMissing(undefined));
    this.#options.onQuarantine(movedTo);
    const oldestFirst = (await readdir(this.#quarantineDir)).sort();
    for (const name of oldestFirst.slice(0, -MAX_QUARANTINED)) await removeFile(join(this.#quarantineDir, name));
  }
}

async function emptyFolder(folder: string): Promise<void> {
  await removeFolder(folder);
  await mkdir(folder, { recursive: true });
}
