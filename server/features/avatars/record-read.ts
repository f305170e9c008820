import { lte, sql } from 'drizzle-orm';
import type { DownloadPurpose } from '../../../shared/api/avatars.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import type { Credential } from '../../access/caller.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { rateLimits } from '../../db/schema/requests.ts';
import { recordAudit } from '../../history/record-audit.ts';

export interface ReadOfFile {
  readonly part: 'whole' | 'range';
  readonly purpose: DownloadPurpose;
  readonly credential: Credential;
  /** E-mail address. */
  readonly actor: string;
  readonly place: { readonly customerUuid: string; readonly projectUuid: string; readonly versionUuid: VersionUuid };
}

/**
 * Records who gets a file. A complete download counts each time. Ranges, of which a download may
 * have any number in any order, and previews, which the application fetches on its own, count once
 * per session or access token, file and hour.
 */
export function recordRead(db: Database, { part, purpose, credential, actor, place }: ReadOfFile): Promise<void> {
  const action = purpose === 'download' ? 'avatar.downloaded' : 'avatar.previewed';
  return db.transaction(async (tx) => {
    const isFirst = await isFirstInHour(tx, `${action}:${credential.kind} ${credential.id}:${place.versionUuid}`);
    const isDownload = part === 'whole' && purpose === 'download';
    if (isDownload || isFirst) await recordAudit(tx, [{ action, actor, ...place }]);
  });
}

/** By the clock of the database, because any process may serve the next range. */
async function isFirstInHour(tx: Transaction, key: string): Promise<boolean> {
  const windowEndsAt = sql`date_trunc('hour', now()) + interval '1 hour'`;
  const first = await tx
    .insert(rateLimits)
    .values({ key, attempts: 1, windowEndsAt })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: { windowEndsAt },
      setWhere: lte(rateLimits.windowEndsAt, sql`now()`),
    })
    .returning({ key: rateLimits.key });
  return first.length > 0;
}
