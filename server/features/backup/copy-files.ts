import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../../node/atomic-file.ts';
import { ifMissing } from '../../../node/error-code.ts';
import { withFile } from '../../../node/open-file.ts';
import { removeFile } from '../../../node/remove.ts';
import { renameFile } from '../../../node/rename.ts';
import { BlobMissingError, type BlobStore } from '../../blobs/blob-store.ts';
import { pooledPath } from './backup-folder.ts';
import { digestOfFile, forEachParallel, isSame } from './hash-stream.ts';
import type { FileOfRow } from './manifest.ts';

/** Progress is reported once per so many files. */
const REPORT_FILES = 1000;

export interface FileCopy {
  readonly folder: string;
  readonly files: readonly FileOfRow[];
  readonly blobs: BlobStore;
  readonly onProgress: (text: string) => void;
}

/**
 * Copies files into the folder, each content once, as hard links where the disk is the same. What
 * an earlier backup has copied is there already. Every new file is read and compared with its row.
 */
export async function copyFiles(
  copy: FileCopy,
): Promise<{ readonly lost: readonly string[]; readonly newFiles: number }> {
  const { folder, files, onProgress } = copy;
  const byContent = Map.groupBy(files, ({ sha256 }) => sha256);
  const lost: string[] = [];
  const changedFolders = new Set<string>();
  let done = 0;
  let newFiles = 0;
  await forEachParallel(byContent.values(), async (alike) => {
    const outcome = await copyOne(copy, alike);
    lost.push(...outcome.lost);
    if (outcome.isNew) {
      newFiles += 1;
      changedFolders.add(dirname(pooledPath(folder, alike[0]?.sha256 ?? '')));
    }
    done += alike.length;
    if (Math.floor(done / REPORT_FILES) > Math.floor((done - alike.length) / REPORT_FILES)) {
      onProgress(`Copied ${done} of ${files.length} files`);
    }
  });
  for (const changed of changedFolders) await syncFolder(changed);
  await syncFolder(join(folder, 'files')).catch(ifMissing(undefined));
  return { lost: lost.toSorted(), newFiles };
}

interface CopyOutcome {
  readonly isNew: boolean;
  readonly lost: readonly string[];
}

/** Copies one content, from the first of its files that is whole. */
async function copyOne({ folder, blobs }: FileCopy, alike: readonly FileOfRow[]): Promise<CopyOutcome> {
  const lost: string[] = [];
  for (const file of alike) {
    const path = pooledPath(folder, file.sha256);
    if ((await stat(path).catch(ifMissing(null)))?.size === file.sizeBytes) return { isNew: false, lost };
    if (await copyWhole(blobs, file, path)) return { isNew: true, lost };
    lost.push(file.key);
  }
  return { isNew: false, lost };
}

/** False if the file is missing or has other bytes than its row says. */
async function copyWhole(blobs: BlobStore, file: FileOfRow, path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  try {
    await blobs.copyTo(file.key, temporary);
    if (!isSame(await digestOfFile(temporary), file)) return false;
    await withFile(temporary, (handle) => handle.sync());
    await renameFile(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof BlobMissingError) return false;
    throw error;
  } finally {
    // Renaming a hard link to another name of the same file leaves both.
    await removeFile(temporary);
  }
}
