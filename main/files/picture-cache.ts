import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import { createLruFolder } from './lru-folder.ts';

/**
 * Pictures on disk by the hash of their content. The least recently used ones are evicted when the
 * limit is exceeded.
 */
export interface PictureCache {
  read(hash: string): Promise<Uint8Array | null>;
  write(hash: string, bytes: Uint8Array): Promise<void>;
  has(hash: string): Promise<boolean>;
  /** False if adding a picture might evict another one. */
  hasRoom(): Promise<boolean>;
}

const HASH = /^[0-9a-f]{8,64}$/;

/**
 * Opens the folder lazily; other files in it are left alone. `capBytes` limits all pictures
 * together.
 */
export function createPictureCache(folder: string, capBytes: number): PictureCache {
  const files = createLruFolder({ folder, capBytes, name: HASH, what: 'picture' });
  return {
    has: (hash) => files.has(hash),
    hasRoom: () => files.hasRoom(),
    read: async (hash) => {
      if (!(await files.has(hash))) return null;
      const bytes = await readFile(files.pathOf(hash)).catch(ifMissing(null));
      if (bytes === null) await files.forget(hash);
      else await files.markUsed(hash);
      return bytes;
    },
    write: async (hash, bytes) => {
      await writeFileAtomic(files.pathOf(hash), bytes);
      await files.add(hash, bytes.byteLength);
    },
  };
}
