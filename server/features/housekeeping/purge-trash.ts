import { and, eq, inArray, lt, notExists, sql } from 'drizzle-orm';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { blobKeysOf } from '../../blobs/blob-keys.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { queueJob } from '../../db/queue-job.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';
import { customers } from '../../db/schema/customers.ts';
import { projects } from '../../db/schema/projects.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { lockCustomer, recordChanges } from '../../history/record-changes.ts';

/** Rows per transaction, so that a large purge does not lock a customer for long. */
const PURGE_BATCH_ROWS = 100;

/**
 * Deletes versions that have been in the trash for longer than the settings allow. Returns their
 * number.
 */
export async function purgeTrash(context: ServiceContext, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - context.trashDays * DAY_MS);
  const owners = await context.db
    .selectDistinct({ id: customers.id, uuid: customers.uuid })
    .from(avatars)
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(lt(avatars.deletedAt, before));
  let purged = 0;
  for (const owner of owners) {
    let batch: number;
    do {
      batch = await context.db.transaction((tx) => purgeBatch(tx, owner, before));
      purged += batch;
    } while (batch === PURGE_BATCH_ROWS);
  }
  return purged;
}

async function purgeBatch(tx: Transaction, owner: { id: number; uuid: string }, before: Date): Promise<number> {
  await lockCustomer(tx, owner.id);
  const rows = await tx
    .select({
      id: avatars.id,
      uuid: avatars.uuid,
      avatarId: avatars.lineageId,
      projectUuid: projects.uuid,
      version: avatars.version,
      name: lineages.name,
      originalFilename: avatars.originalFilename,
    })
    .from(avatars)
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .where(and(eq(projects.customerId, owner.id), lt(avatars.deletedAt, before)))
    .limit(PURGE_BATCH_ROWS);
  if (rows.length === 0) return 0;
  await tx.delete(avatars).where(
    inArray(
      avatars.id,
      rows.map(({ id }) => id),
    ),
  );
  await removeEmptyAvatars(tx, [...new Set(rows.map(({ avatarId }) => avatarId))]);
  await queueJob(tx, 'remove_blobs', { keys: rows.flatMap(({ uuid }) => blobKeysOf(uuid)) });
  await recordAudit(
    tx,
    rows.map(({ uuid, projectUuid, version, name, originalFilename }) => ({
      action: 'avatar.purged',
      actor: null,
      customerUuid: owner.uuid,
      projectUuid,
      versionUuid: uuid,
      details: { avatar_name: name, version, original_filename: originalFilename },
    })),
  );
  await recordChanges(
    tx,
    owner.id,
    rows.flatMap(({ uuid, projectUuid }) => [
      { entity: 'avatar' as const, uuid },
      { entity: 'project' as const, uuid: projectUuid },
    ]),
  );
  return rows.length;
}

/**
 * An avatar with no version left is deleted together with its UUID, so no version number is ever
 * used twice.
 */
async function removeEmptyAvatars(tx: Transaction, avatarIds: number[]): Promise<void> {
  const versions = tx.select({ one: sql`1` }).from(avatars).where(eq(avatars.lineageId, lineages.id));
  await tx.delete(lineages).where(and(inArray(lineages.id, avatarIds), notExists(versions)));
}
