import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renameDurably, syncFolder } from '../../node/atomic-file.ts';
import { ifCode, ifMissing } from '../../node/error-code.ts';
import { removeFile } from '../../node/remove.ts';
import { BLOB_KEY_FORM } from './blob-keys.ts';
import type { BlobQuarantine, QuarantinedBlob } from './blob-store.ts';

const FOLDER = 'quarantine';
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Keeps blobs that were set aside in `quarantine/DAY/KEY`, where people find them, too. The day is
 * part of the path because the times of a file change when it is copied.
 */
export function localQuarantine(rootDir: string, pathOf: (key: string) => string): BlobQuarantine {
  const quarantineDir = join(rootDir, FOLDER);
  const asidePath = ({ key, day }: Pick<QuarantinedBlob, 'key' | 'day'>) => {
    // Checks the key.
    pathOf(key);
    if (!DAY_FORM.test(day)) throw new Error(`Not a day: ${day}`);
    return join(quarantineDir, day, key);
  };
  return {
    add: (key, day) => move(pathOf(key), asidePath({ key, day })).catch(ifMissing(undefined)),
    list: () => listDays(quarantineDir),
    async putBack(blob) {
      await move(asidePath(blob), pathOf(blob.key));
      await removeEmptyFolders(asidePath(blob));
    },
    async remove(blob) {
      await removeFile(asidePath(blob));
      await removeEmptyFolders(asidePath(blob));
    },
  };
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await renameDurably(from, to);
  await syncFolder(dirname(from));
}

async function* listDays(quarantineDir: string): AsyncIterable<QuarantinedBlob> {
  const days = (await namesIn(quarantineDir)).filter((name) => DAY_FORM.test(name));
  for (const day of days.toSorted()) {
    for (const folder of await namesIn(join(quarantineDir, day))) {
      for (const name of await namesIn(join(quarantineDir, day, folder))) {
        const found = await stat(join(quarantineDir, day, folder, name)).catch(ifMissing(null));
        const key = `${folder}/${name}`;
        if (!found?.isFile() || !BLOB_KEY_FORM.test(key)) continue;
        yield { key, day, sizeBytes: found.size, modifiedAt: found.mtime };
      }
    }
  }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(ifCode(['ENOENT', 'ENOTDIR'], []));

/** The folder of a blob and that of its day, if nothing is left in them. */
async function removeEmptyFolders(path: string): Promise<void> {
  const full = ifCode(['ENOTEMPTY', 'EEXIST', 'ENOENT'], undefined);
  await rmdir(dirname(path)).catch(full);
  await rmdir(dirname(dirname(path))).catch(full);
}
