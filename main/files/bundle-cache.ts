import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import { timeForFileName } from '../../node/json-file.ts';
import { createLruFolder, type LruFolder } from './lru-folder.ts';

export interface BundleFacts {
  /** Of the whole file. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface BundleCacheOptions {
  readonly folder: string;
  /** How much the bundles may take together, in bytes. */
  readonly capBytes: number;
  /** Reads a file completely, away from the main thread; null: it cannot be read. */
  measure(path: string): Promise<BundleFacts | null>;
  /** Bundles that stay whatever room is left; they do not count against the cap. Absent: none. */
  isPinned?(sha256: string): boolean;
  /** A file was not what its name says, and was put aside. */
  onQuarantine(movedTo: string): void;
}

/** Whole bundles by the sha-256 of their bytes, on disk, so that a version can be looked into without a server. */
export interface BundleCache {
  /** Where it lies, proven to be these very bytes once in each run of the application; null: it is not here. */
  find(wanted: BundleFacts): Promise<string | null>;
  /** Whether a file of this name and size lies here; it is not read. */
  holds(wanted: BundleFacts): Promise<boolean>;
  /** What is pinned no longer may be too much now. */
  trim(): Promise<void>;
  /** A new path on the cache's file system, to receive a bundle at. */
  incomingPath(): Promise<string>;
  /** Takes a flushed file in if it is the wanted one, and answers where it lies now; else it is put aside: null. */
  keep(wanted: BundleFacts, received: BundleFacts & { readonly path: string }): Promise<string | null>;
  /** Takes in a file that was measured when it was made; it is measured again before its first use. */
  adopt(wanted: BundleFacts, path: string): Promise<void>;
}

const NAME = /^[0-9a-f]{64}$/;
/** Damaged files are for a person to look at; a disk or a line that damages everything must not fill the disk with them. */
const MAX_QUARANTINED = 5;

/** Opens the folder lazily. What an earlier run received and did not finish goes with the first new file. */
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
    if (await this.#files.has(wanted.sha256)) await rm(path, { force: true });
    else await this.#moveIn(wanted, path);
  }

  async #moveIn({ sha256, sizeBytes }: BundleFacts, path: string): Promise<string> {
    await mkdir(this.#files.folder, { recursive: true });
    const finalPath = this.#files.pathOf(sha256);
    await renameDurably(path, finalPath);
    await this.#files.add(sha256, sizeBytes);
    return finalPath;
  }

  /** Disks forget: what lay here since another day is read once before it is believed. */
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
    await rename(path, movedTo).catch(ifMissing(undefined));
    this.#options.onQuarantine(movedTo);
    const oldestFirst = (await readdir(this.#quarantineDir)).sort();
    for (const name of oldestFirst.slice(0, -MAX_QUARANTINED))
      await rm(join(this.#quarantineDir, name), { force: true });
  }
}

async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
