import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';

/** Pictures by the hash of their content, on disk, the least recently used ones dropped when there is no room. */
export interface PictureCache {
  read(hash: string): Promise<Uint8Array | null>;
  write(hash: string, bytes: Uint8Array): Promise<void>;
  has(hash: string): Promise<boolean>;
  /** False where one more picture might push out one that was used. */
  hasRoom(): Promise<boolean>;
}

interface Entry {
  sizeBytes: number;
  usedAtMs: number;
}

/** After an eviction this share of the room is in use, so that not every new picture evicts again. */
const FILL_AFTER_EVICTION = 0.9;
const HASH = /^[0-9a-f]{8,64}$/;

/** Opens the folder lazily; other files in it are left alone. `capBytes`: how much the pictures may take together. */
export function createPictureCache(folder: string, capBytes: number): PictureCache {
  let opening: Promise<Map<string, Entry>> | null = null;
  const entries = () => {
    opening ??= readEntries(folder);
    return opening;
  };
  const pathOf = (hash: string) => {
    if (!HASH.test(hash)) throw new Error(`Not a picture's name: ${JSON.stringify(hash)}`);
    return join(folder, hash);
  };
  return {
    has: async (hash) => (await entries()).has(hash),
    hasRoom: async () => totalBytesOf(await entries()) < capBytes * FILL_AFTER_EVICTION,
    read: async (hash) => {
      const known = await entries();
      const entry = known.get(hash);
      if (entry === undefined) return null;
      const bytes = await readFile(pathOf(hash)).catch(nullIfMissing);
      if (bytes === null) known.delete(hash);
      else await markUsed(pathOf(hash), entry);
      return bytes;
    },
    write: async (hash, bytes) => {
      const known = await entries();
      await writeFileAtomic(pathOf(hash), bytes);
      known.set(hash, { sizeBytes: bytes.byteLength, usedAtMs: Date.now() });
      await evict(known, { capBytes, pathOf });
    },
  };
}

async function readEntries(folder: string): Promise<Map<string, Entry>> {
  await mkdir(folder, { recursive: true });
  const entries = new Map<string, Entry>();
  for (const name of await readdir(folder)) {
    if (!HASH.test(name)) continue;
    const { size, mtimeMs } = await stat(join(folder, name));
    entries.set(name, { sizeBytes: size, usedAtMs: mtimeMs });
  }
  return entries;
}

/** The file's time is the memory of its last use across restarts. */
async function markUsed(path: string, entry: Entry): Promise<void> {
  const now = new Date();
  entry.usedAtMs = now.getTime();
  // Another process may just have dropped it; the bytes are read already.
  await utimes(path, now, now).catch(nullIfMissing);
}

async function evict(
  entries: Map<string, Entry>,
  { capBytes, pathOf }: { readonly capBytes: number; readonly pathOf: (hash: string) => string },
): Promise<void> {
  let totalBytes = totalBytesOf(entries);
  if (totalBytes <= capBytes) return;
  const oldestFirst = [...entries].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
  for (const [hash, entry] of oldestFirst) {
    if (totalBytes <= capBytes * FILL_AFTER_EVICTION) return;
    entries.delete(hash);
    totalBytes -= entry.sizeBytes;
    await rm(pathOf(hash), { force: true });
  }
}

function totalBytesOf(entries: ReadonlyMap<string, Entry>): number {
  let totalBytes = 0;
  for (const entry of entries.values()) totalBytes += entry.sizeBytes;
  return totalBytes;
}

function nullIfMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
