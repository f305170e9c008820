import { randomUUID } from 'node:crypto';
import { asc, gt } from 'drizzle-orm';
import { bundleKey } from '../blobs/blob-keys.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { advisoryLocks, withExclusiveLock } from '../db/advisory-locks.ts';
import type { Database } from '../db/database.ts';
import { avatars } from '../db/schema/avatars.ts';
import { hasFiles, pair } from './claim-installation.ts';

interface Adopting {
  readonly db: Database;
  readonly blobs: BlobStore;
}

export type Adoption =
  | { readonly isDone: true; readonly versions: number; readonly missing: number }
  /** A sentence. */
  | { readonly isDone: false; readonly because: string };

/**
 * Gives the database and the data folder the same new id, because an operator says that they belong
 * together. Refuses, unless forced, if versions have no file here, or files have no version at all.
 * Servers that use the database with another folder refuse to start from then on.
 */
export function adoptInstallation(parts: Adopting, { isForced }: { readonly isForced: boolean }): Promise<Adoption> {
  return withExclusiveLock(parts.db, advisoryLocks.installation, async () => {
    const counts = await countMissing(parts);
    const because = counts.versions === 0 && (await hasFiles(parts.blobs)) ? FILES_ONLY : missingText(counts);
    if (because !== null && !isForced) return { isDone: false, because };
    // The rows may be older than what clients have seen.
    await pair(parts, randomUUID());
    return { isDone: true, ...counts };
  });
}

const FILES_ONLY =
  'The database has no avatars, but the data folder has files. Nothing was changed. ' +
  'To use them together all the same, add --anyway; the files stay.';

const missingText = ({ versions, missing }: Counts): string | null =>
  missing === 0
    ? null
    : `Of ${versions} versions, ${missing} have no file in this data folder. Nothing was changed. ` +
      'To use them together all the same, add --anyway.';

interface Counts {
  readonly versions: number;
  readonly missing: number;
}

const PAGE_ROWS = 1000;

async function countMissing({ db, blobs }: Adopting): Promise<Counts> {
  const counts = { versions: 0, missing: 0 };
  for (let last = 0; ; ) {
    const rows = await db
      .select({ id: avatars.id, uuid: avatars.uuid })
      .from(avatars)
      .where(gt(avatars.id, last))
      .orderBy(asc(avatars.id))
      .limit(PAGE_ROWS);
    const infos = await Promise.all(rows.map(({ uuid }) => blobs.info(bundleKey(uuid))));
    counts.versions += rows.length;
    counts.missing += infos.filter((info) => info === null).length;
    const end = rows.at(-1);
    if (!end) return counts;
    last = end.id;
  }
}
