import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, inArray, lt, notExists, sql } from 'drizzle-orm';
import { DAY_MS, HOUR_MS } from '../../shared/lib/durations.ts';
import type { Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { customers } from '../db/schema/customers.ts';
import { projects } from '../db/schema/projects.ts';
import { idempotencyKeys, rateLimits, uploadReceipts } from '../db/schema/requests.ts';
import { sessions } from '../db/schema/users.ts';
import { BLOB_FOLDERS, blobKeysOf, versionUuidOfKey } from './blob-keys.ts';
import { lockCustomer, recordAudit, recordChanges } from './change-log.ts';
import type { ServiceContext } from './context.ts';
import { queueJob } from './queue-job.ts';

/** Longer than any upload may take: an older file was left behind by a crash. */
export const TEMP_FILE_AGE_MS = 6 * HOUR_MS;
/** A row is committed milliseconds after its blob is written; a day leaves no doubt. */
export const ORPHAN_AGE_MS = DAY_MS;
const IDEMPOTENCY_AGE_MS = 30 * DAY_MS;
const RECEIPT_AGE_MS = DAY_MS;
/** Rows per transaction, so that a large purge does not lock a customer for long. */
const PURGE_BATCH_ROWS = 100;

/** Removes stored files. Runs in a job that is retried: removing a file twice is fine. */
export async function removeBlobs({ blobs }: ServiceContext, keys: readonly string[]): Promise<void> {
  for (const key of keys) await blobs.remove(key);
}

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
      originalFilename: avatars.originalFilename,
    })
    .from(avatars)
    .innerJoin(projects, eq(projects.id, avatars.projectId))
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
    rows.map(({ uuid, projectUuid, version, originalFilename }) => ({
      action: 'avatar.purged',
      actor: null,
      customerUuid: owner.uuid,
      projectUuid,
      versionUuid: uuid,
      details: { version, original_filename: originalFilename },
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

/**
 * Removes expired rows: sessions, stored responses of repeated requests, receipts, and rate-limit
 * windows.
 */
export async function sweepRows({ db }: ServiceContext, now = new Date()): Promise<void> {
  const ago = (ageMs: number) => new Date(now.getTime() - ageMs);
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
  await db.delete(sessions).where(lt(sessions.revokedAt, ago(DAY_MS)));
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, ago(IDEMPOTENCY_AGE_MS)));
  await db.delete(uploadReceipts).where(lt(uploadReceipts.updatedAt, ago(RECEIPT_AGE_MS)));
  await db.delete(rateLimits).where(lt(rateLimits.windowEndsAt, now));
}
