import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../node/error-code.ts';
import { removeFile } from '../../node/remove.ts';
import { sha256Hex } from '../../node/sha256.ts';

/** Incomplete files in a folder that others use, too. */
export interface PartialFiles {
  readonly folder: string;
  /** Beside its final place, so that the last step is a rename. */
  path(id: string): string;
  /** How many bytes of the file are on this disk. */
  presentBytes(id: string): Promise<number>;
  remove(id: string): Promise<void>;
  /** Deletes the file if the attempt received no bytes. */
  removeIfEmpty(id: string): Promise<void>;
  /** Deletes partial files that no transfer will resume. */
  sweep(wanted: ReadonlySet<string>): Promise<void>;
}

const SUFFIX = '.part';
/** Characters of a hash: enough to distinguish the few accounts of a machine. */
const OWNER_CHARS = 12;

/**
 * `owner` identifies the account. Other accounts and installations may download into the same
 * folder; their files are left alone.
 */
export function partialFiles(folder: string, owner: string): PartialFiles {
  const prefix = `.gabinet-${sha256Hex(owner).slice(0, OWNER_CHARS)}-`;
  const path = (id: string) => join(folder, `${prefix}${id}${SUFFIX}`);
  const remove = (id: string) => removeFile(path(id));
  return {
    folder,
    path,
    presentBytes: async (id) => (await sizeOf(path(id))) ?? 0,
    remove,
    removeIfEmpty: async (id) => {
      if ((await sizeOf(path(id))) === 0) await remove(id);
    },
    sweep: async (wanted) => {
      const names = await readdir(folder).catch(ifMissing([]));
      const ids = names
        .filter((name) => name.startsWith(prefix) && name.endsWith(SUFFIX))
        .map((name) => name.slice(prefix.length, -SUFFIX.length));
      await Promise.all(ids.filter((id) => !wanted.has(id)).map(remove));
    },
  };
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null;
}
