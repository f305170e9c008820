import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { DAY_MS, HOUR_MS } from '../../../shared/lib/durations.ts';
import { BLOB_FOLDERS, versionUuidOfKey } from '../../blobs/blob-keys.ts';
import type { ServiceContext } from '../../context.ts';
import { avatars } from '../../db/schema/avatars.ts';

/** Longer than any upload may take: an older file was left behind by a crash. */
export const TEMP_FILE_AGE_MS = 6 * HOUR_MS;
/** A row is committed milliseconds after its blob is written; a day leaves no doubt. */
export const ORPHAN_AGE_MS = DAY_MS;

/** Removes stored files. Runs in a job that is retried: removing a file twice is fine. */
export async function removeBlobs({ blobs }: ServiceContext, keys: readonly string[]): Promise<void> {
  for (const key of keys) await blobs.remove(key);
}

/** Removes files that a crash left in the incoming folder of this machine. Returns their number. */
export async function sweepTempFiles({ incomingDir }: ServiceContext, now = new Date()): Promise<number> {
  let removed = 0;
  for (const name of await readdir(incomingDir).catch(() => [])) {
    const path = join(incomingDir, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || now.getTime() - found.mtimeMs < TEMP_FILE_AGE_MS) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/**
 * Removes stored files that belong to no version, because the server crashed between writing the
 * file and committing its row. Returns their keys.
 */
export async function sweepOrphans(context: ServiceContext, now = new Date()): Promise<string[]> {
  const removed: string[] = [];
  for (const folder of BLOB_FOLDERS) {
    for await (const blob of context.blobs.list(folder)) {
      const isYoung = now.getTime() - blob.modifiedAt.getTime() < ORPHAN_AGE_MS;
      if (isYoung || (await isReferenced(context, blob.key))) continue;
      await context.blobs.remove(blob.key);
      removed.push(blob.key);
    }
  }
  if (removed.length > 0) context.log.warn({ keys: removed }, 'removed stored files that belong to no version');
  return removed;
}

async function isReferenced({ db }: ServiceContext, key: string): Promise<boolean> {
  const uuid = versionUuidOfKey(key);
  // The server never creates such a name: the file belongs to somebody else and stays.
  if (uuid === null) return !key.endsWith('.part');
  const rows = await db.select({ id: avatars.id }).from(avatars).where(eq(avatars.uuid, uuid));
  return rows.length > 0;
}
