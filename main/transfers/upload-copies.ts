import { existsSync, renameSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readers } from '../db/local-database.ts';

/** The folder's earlier name. */
const OLDER_NAME = 'outbox';

/**
 * Gives the upload copies of an older program their present place. Call it before the library is
 * opened: the library's migration changes the paths in it, and finds the files there even after a
 * crash in between.
 */
export function adoptOlderUploadCopies(uploadCopiesDir: string): void {
  const older = join(dirname(uploadCopiesDir), OLDER_NAME);
  if (existsSync(older) && !existsSync(uploadCopiesDir)) renameSync(older, uploadCopiesDir);
}

/**
 * Deletes copies that no transfer needs: a crash between copying and writing the row, or after the
 * server's commit.
 */
export async function removeUnusedUploadCopies(uploadCopiesDir: string, read: Readers): Promise<void> {
  await mkdir(uploadCopiesDir, { recursive: true });
  const needed = new Set(read.transfers.copyPaths());
  for (const name of await readdir(uploadCopiesDir)) {
    const path = join(uploadCopiesDir, name);
    if (!needed.has(path)) await rm(path, { force: true, recursive: true });
  }
}
