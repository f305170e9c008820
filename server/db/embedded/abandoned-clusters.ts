import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ifMissing } from '../../../node/error-code.ts';
import { removeFolder } from '../../../node/remove.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { clusterDirOf } from './cluster-process.ts';

/** In the folder of a cluster that is not in its data folder: where that is. */
export const OWNER_NAME = 'data-dir.txt';

/**
 * The temporary folder may be a disk that is not mounted yet, or another one than usual. Its
 * clusters are as good as others until nobody has used them for this long.
 */
const UNUSED_MS = 30 * DAY_MS;

/**
 * Removes clusters whose data folder was a temporary one and is gone, and which nobody has used for
 * 30 days. Other clusters stay even if their data folder is missing: it may be on a disk that is
 * not mounted.
 */
export async function removeAbandonedClusters(sharedDir: string, now = new Date()): Promise<void> {
  for (const name of await readdir(sharedDir)) {
    const place = join(sharedDir, name);
    const dataDir = (await readFile(join(place, OWNER_NAME), 'utf8').catch(() => '')).trim();
    const isTemporary = dataDir.startsWith(join(tmpdir(), '/'));
    if (!isTemporary || existsSync(dataDir)) continue;
    if (now.getTime() - (await lastUse(place)) > UNUSED_MS) await removeFolder(place);
  }
}

/** PostgreSQL writes this file at each start. */
async function lastUse(place: string): Promise<number> {
  const options = await stat(join(clusterDirOf(place), 'postmaster.opts')).catch(ifMissing(null));
  return (options ?? (await stat(place))).mtimeMs;
}
