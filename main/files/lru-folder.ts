import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../node/error-code.ts';

/** Files of one folder that can be had again, the least recently used ones dropped when there is no room. */
export interface LruFolder {
  readonly folder: string;
  has(name: string): Promise<boolean>;
  /** Throws for a name that is not of the folder's kind: no path leads outside. */
  pathOf(name: string): string;
  /** The file is there: it counts from now on, and what is too much goes. */
  add(name: string, sizeBytes: number): Promise<void>;
  markUsed(name: string): Promise<void>;
  /** The file is gone, whoever took it. */
  forget(name: string): Promise<void>;
  /** What is kept no longer may be too much now. */
  trim(): Promise<void>;
  /** False where one more file might push out one that was used. */
  hasRoom(): Promise<boolean>;
}

export interface LruFolderOptions {
  readonly folder: string;
  /** How much the files may take together, in bytes. */
  readonly capBytes: number;
  /** Which files of the folder are its own; others are left alone. */
  readonly name: RegExp;
  readonly what: string;
  /** Files that stay whatever room is left; they do not count against the cap. Absent: none. */
  readonly isKept?: (name: string) => boolean;
}

interface Entry {
  sizeBytes: number;
  usedAtMs: number;
}

/** After an eviction this share of the room is in use, so that not every new file evicts again. */
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
      const known = await entries();
      known.set(name, { sizeBytes, usedAtMs: Date.now() });
      await evict(known, { capBytes, pathOf, isKept });
    },
    trim: async () => evict(await entries(), { capBytes, pathOf, isKept }),
    markUsed: async (name) => {
      const entry = (await entries()).get(name);
      if (entry !== undefined) await touch(pathOf(name), entry);
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

/** The file's time is the memory of its last use across restarts. */
async function touch(path: string, entry: Entry): Promise<void> {
  const now = new Date();
  entry.usedAtMs = now.getTime();
  // Another process may just have dropped it; whoever reads it will notice.
  await utimes(path, now, now).catch(ifMissing(undefined));
}

interface EvictionRules {
  readonly capBytes: number;
  readonly pathOf: (name: string) => string;
  readonly isKept: (name: string) => boolean;
}

/** The entries that may be dropped. */
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
    await rm(pathOf(name), { force: true });
  }
}

function totalBytesOf(entries: readonly (readonly [string, Entry])[]): number {
  let totalBytes = 0;
  for (const [, entry] of entries) totalBytes += entry.sizeBytes;
  return totalBytes;
}
