import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readers } from '../db/local-database.ts';

/** Deletes copies that no transfer needs: a crash between copying and writing the row, or after the server's commit. */
export async function cleanOutbox(outboxDir: string, read: Readers): Promise<void> {
  await mkdir(outboxDir, { recursive: true });
  const needed = new Set(read.transfers.outboxPaths());
  for (const name of await readdir(outboxDir)) {
    const path = join(outboxDir, name);
    if (!needed.has(path)) await rm(path, { force: true, recursive: true });
  }
}
