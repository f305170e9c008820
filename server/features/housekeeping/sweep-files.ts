import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from '../../../node/remove.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import { unlessBackingUp } from '../../db/advisory-locks.ts';
import { queueJobLater } from '../../db/queue-job.ts';
import { findRemovalStop } from '../../installation/installation-id.ts';
import { findNamedKeys } from './find-orphans.ts';
import { sweepStopTexts } from './texts.en.ts';

/** Longer than any upload may take: an older file was left behind by a crash. */
export const TEMP_FILE_AGE_MS = 6 * HOUR_MS;
/** A backup takes minutes to hours; nobody waits for the space. */
const RETRY_DURING_BACKUP_MS = 5 * MINUTE_MS;

/**
 * Removes the files of purged versions. Runs in a job that is retried: removing a file twice is
 * fine. While a backup is being made, it is queued again, because the backup has the rows of a
 * moment ago and still needs the files. A file that a row names stays.
 */
export async function removeBlobs(context: RemovalContext, keys: readonly string[]): Promise<void> {
  const isDone = await unlessBackingUp(context.db, async () => {
    const untrusted = await findRemovalStop(context);
    if (untrusted !== null) throw new Error(sweepStopTexts[untrusted]);
    await removeUnnamed(context, keys);
    return true;
  });
  if (isDone === null)
    await queueJobLater(context.db, RETRY_DURING_BACKUP_MS, { name: 'remove_blobs', payload: { keys: [...keys] } });
}

type RemovalContext = Pick<ServiceContext, 'db' | 'blobs' | 'log'>;

async function removeUnnamed({ db, blobs, log }: RemovalContext, keys: readonly string[]): Promise<void> {
  const named = await findNamedKeys(
    db,
    keys.map((key) => ({ key })),
  );
  if (named.size > 0) log.error({ files: named.size }, 'kept files of purged versions, because rows name them');
  for (const key of keys) if (!named.has(key)) await blobs.remove(key);
}

/** Removes files that a crash left in the incoming folder of this machine. Returns their number. */
export async function sweepTempFiles({ incomingDir }: ServiceContext, now = new Date()): Promise<number> {
  let removed = 0;
  for (const name of await readdir(incomingDir).catch(() => [])) {
    const path = join(incomingDir, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || now.getTime() - found.mtimeMs < TEMP_FILE_AGE_MS) continue;
    await removeFile(path);
    removed += 1;
  }
  return removed;
}
