import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import { createLruFolder } from './lru-folder.ts';

/** Pictures by the hash of their content, on disk, the least recently used ones dropped when there is no room. */
export interface PictureCache {
  read(hash: string): Promise<Uint8Array | null>;
  write(hash: string, bytes: Uint8Array): Promise<void>;
  has(hash: string): Promise<boolean>;
  /** False where one more picture might push out one that was used. */
  hasRoom(): Promise<boolean>;
}

const HASH = /^[0-9a-f]{8,64}$/;

/** Opens the folder lazily; other files in it are left alone. `capBytes`: how much the pictures may take together. */
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
