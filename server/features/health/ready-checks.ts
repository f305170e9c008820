import { mkdir, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { removeFile } from '../../../node/remove.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import type { ServiceContext } from '../../context.ts';
import { readFolderId } from '../../installation/installation-id.ts';
import { CHECK_LIMIT_MS, type Check, createCheck } from './check.ts';

/** One bundle of the largest size, and what the database writes about it. */
const MIN_FREE_BYTES = 64 * MIB;

export const checkNames = ['database', 'blobs', 'disk'] as const;
export type ReadyChecks = Readonly<Record<(typeof checkNames)[number], Check>>;

export interface CheckedParts {
  readonly pool: Pool;
  readonly blobs: ServiceContext['blobs'];
  readonly incomingDir: string;
  readonly log: Logger;
}

/** What a server needs to do its work: a database that answers, its files, and space for more. */
export function createReadyChecks({ pool, blobs, incomingDir, log }: CheckedParts): ReadyChecks {
  return {
    database: createCheck({ name: 'database', run: () => queryDatabase(pool) }, log),
    blobs: createCheck({ name: 'blobs', run: fileReader(blobs) }, log),
    disk: createCheck({ name: 'disk', run: () => writeToDisk(incomingDir) }, log),
  };
}

/**
 * On a connection of the pool, as requests use them. One that hangs is closed: a database that is
 * away for long must not take a connection with each check.
 */
async function queryDatabase(pool: Pool): Promise<void> {
  const client = await pool.connect();
  let isReleased = false;
  const release = (isBroken: boolean) => {
    if (!isReleased) client.release(isBroken);
    isReleased = true;
  };
  const limit = setTimeout(() => release(true), CHECK_LIMIT_MS);
  try {
    await client.query('select 1');
    release(false);
  } finally {
    clearTimeout(limit);
    release(true);
  }
}

/** The id beside the files: gone if their disk is no longer mounted. */
function fileReader(blobs: ServiceContext['blobs']): () => Promise<void> {
  let expected: string | null = null;
  return async () => {
    const id = await readFolderId({ blobs });
    if (expected !== null && id !== expected) throw new Error('uploads/ is not the folder that it was at the start');
    expected = id;
  };
}

async function writeToDisk(incomingDir: string): Promise<void> {
  await mkdir(incomingDir, { recursive: true, mode: 0o700 });
  const { freeBytes } = await diskSpace(incomingDir);
  if (freeBytes < MIN_FREE_BYTES) throw new Error(`${freeBytes} bytes are free, less than ${MIN_FREE_BYTES}`);
  // Several processes may share the folder.
  const probe = join(incomingDir, `ready-${process.pid}`);
  await writeFile(probe, 'ready', { mode: 0o600 });
  await removeFile(probe);
}

/** Of the file system that a folder is on; free for this account. */
export async function diskSpace(folder: string): Promise<{ readonly freeBytes: number; readonly sizeBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}
