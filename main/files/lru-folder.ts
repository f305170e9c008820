import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../node/error-code.ts';
import { removeFile } from '../../node/remove.ts';

/**
 * A folder of replaceable files. The least recently used ones are evicted when the limit is
 * exceeded.
 */
export interface LruFolder {
  readonly folder: string;
  has(name: string): Promise<boolean>;
  /** Throws if the name does not match the folder's pattern, so that no path leads outside. */
  pathOf(name: string): string;
  /** Registers a file that exists now, and evicts what exceeds the limit. */
  add(name: string, sizeBytes: number): Promise<void>;
  markUsed(name: string): Promise<void>;
  /** Unregisters a file that no longer exists. */
  forget(name: string): Promise<void>;
  /** Evicts what exceeds the limit, for example after files are no longer kept. */
  trim(): Promise<void>;
  /** False if adding a file might evict another one. */
  hasRoom(): Promise<boolean>;
}

export interface LruFolderOptions {
  readonly folder: string;
  /** The most that all files together may take, in bytes. */
  readonly capBytes: number;
  /** Matches the names of managed files; other files are left alone. */
  readonly name: RegExp;
  readonly what: string;
  /** Kept files are never evicted and do not count toward the limit. Absent: none are kept. */
  readonly isKept?: (name: string) => boolean;
}

interface Entry {
  sizeBytes: number;
  usedAtMs: number;
}

/**
 * An eviction frees space down to this share of the limit, so that not every new file evicts again.
 */
const FILL_AFTER_EVICTION = 0.9;

/** Opens the folder lazily. */
export function createLruFolder(options: LruFolderOptions): LruFolder {
  const { folder, capBytes, what } = options;
  let opening: Promise<Map<string, Entry>> | null = null;
  const entries = () => {
    opening ??= readEntries(options);
    return opening;
  };
  const isKept = options.isKept ?? (() => false);
  const pathOf = (name: string) => {
    if (!options.name.test(name)) throw new Error(`Not a ${what}'s name: ${JSON.stringify(name)}`);
    return join(folder, name);
  };
  return {
    folder,
    pathOf,
    has: async (name) => (await entries()).has(name),
    hasRoom: async () => totalBytesOf(passing(await entries(), isKept)) < capBytes * FILL_AFTER_EVICTION,
    add: async (name, sizeBytes) => {
      const stored = await entries();
      stored.set(name, { sizeBytes, usedAtMs: timeOfUse(stored, name) });
      await evict(stored, { capBytes, pathOf, isKept });
    },
    trim: async () => evict(await entries(), { capBytes, pathOf, isKept }),
    markUsed: async (name) => {
      const entry = (await entries()).get(name);
      if (entry !== undefined) await touch(pathOf(name), entry, timeOfUse(await entries(), name));
    },
    forget: async (name) => void (await entries()).delete(name),
  };
}

async function readEntries({ folder, name: ownName }: LruFolderOptions): Promise<Map<string, Entry>> {
  await mkdir(folder, { recursive: true });
  const entries = new Map<string, Entry>();
  for (const name of await readdir(folder)) {
    if (!ownName.test(name)) continue;
    const { size, mtimeMs } = await stat(join(folder, name));
    entries.set(name, { sizeBytes: size, usedAtMs: mtimeMs });
  }
  return entries;
}

/** The file's modification time stores its last use across restarts. */
async function touch(path: string, entry: Entry, usedAtMs: number): Promise<void> {
  entry.usedAtMs = usedAtMs;
  const time = new Date(usedAtMs);
  // Another process may have deleted the file; the next read notices that.
  await utimes(path, time, time).catch(ifMissing(undefined));
}

/**
 * Now, or just after every other file was used: if the clock was set back, the file that is used now
 * would otherwise be evicted first.
 */
function timeOfUse(entries: ReadonlyMap<string, Entry>, name: string): number {
  let usedAtMs = Date.now();
  for (const [other, entry] of entries) {
    if (other !== name) usedAtMs = Math.max(usedAtMs, Math.floor(entry.usedAtMs) + 1);
  }
  return usedAtMs;
}

interface EvictionRules {
  readonly capBytes: number;
  readonly pathOf: (name: string) => string;
  readonly isKept: (name: string) => boolean;
}

/** The entries that may be evicted. */
function passing(
  entries: ReadonlyMap<string, Entry>,
  isKept: (name: string) => boolean,
): readonly (readonly [string, Entry])[] {
  return [...entries].filter(([name]) => !isKept(name));
}

async function evict(entries: Map<string, Entry>, { capBytes, pathOf, isKept }: EvictionRules): Promise<void> {
  const droppable = passing(entries, isKept);
  let totalBytes = totalBytesOf(droppable);
  if (totalBytes <= capBytes) return;
  const oldestFirst = droppable.toSorted(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
  for (const [name, entry] of oldestFirst) {
    if (totalBytes <= capBytes * FILL_AFTER_EVICTION) return;
    entries.delete(name);
    totalBytes -= entry.sizeBytes;
    await removeFile(pathOf(name));
  }
}

function totalBytesOf(entries: readonly (readonly [string, Entry])[]): number {
  let totalBytes = 0;
  for (const [, entry] of entries) totalBytes += entry.sizeBytes;
  return totalBytes;
}
