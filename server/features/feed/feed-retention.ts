import { and, eq, inArray, lt, not, notExists, or, type SQL, sql } from 'drizzle-orm';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { customers } from '../../db/schema/customers.ts';
import { changeFeed } from '../../db/schema/history.ts';
import { projects } from '../../db/schema/projects.ts';
import { lockCustomer } from '../../history/record-changes.ts';

/**
 * A client that was away for longer reads everything again. Long enough to make that rare, short
 * enough to keep feeds small.
 */
export const TOMBSTONE_DAYS = 90;
/** Rows per transaction, because the transaction locks the customer. */
const BATCH_ROWS = 5000;

/**
 * Removes entries older than `TOMBSTONE_DAYS` that no reader needs: those that a newer entry of the
 * same entity supersedes, which readers skip anyway, and deletions. Removing a deletion raises the
 * feed's floor in the same transaction, because a cursor below the floor may have missed it.
 * Returns the number of removed entries.
 */
export async function shortenFeeds(context: ServiceContext, now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - TOMBSTONE_DAYS * DAY_MS);
  const owners = await context.db.select({ id: customers.id }).from(customers);
  let removed = 0;
  for (const { id } of owners) {
    let batch: number;
    do {
      batch = await context.db.transaction((tx) => shortenFeed(tx, id, before));
      removed += batch;
    } while (batch > 0);
  }
  if (removed > 0) context.log.info({ removed }, 'shortened the change feeds');
  return removed;
}

async function shortenFeed(tx: Transaction, customerId: number, before: Date): Promise<number> {
  if (!(await lockCustomer(tx, customerId))) return 0;
  const old = and(eq(changeFeed.customerId, customerId), lt(changeFeed.at, before));
  const superseded = await remove(tx, customerId, and(old, not(changeFeed.isLatest)));
  const forgotten = await remove(tx, customerId, and(old, changeFeed.isLatest, isDeletion(tx)));
  if (forgotten.length > 0) {
    const feedFloor = sql`greatest(${customers.feedFloor}, ${forgotten.at(-1)})`;
    await tx.update(customers).set({ feedFloor }).where(eq(customers.id, customerId));
  }
  return superseded.length + forgotten.length;
}

/** The condition that the entry's entity no longer exists. */
function isDeletion(db: Queryable): SQL | undefined {
  const avatar = db.select({ one: sql`1` }).from(avatars).where(eq(avatars.uuid, changeFeed.entityUuid));
  const project = db.select({ one: sql`1` }).from(projects).where(eq(projects.uuid, changeFeed.entityUuid));
  return or(
    and(eq(changeFeed.entity, 'avatar'), notExists(avatar)),
    and(eq(changeFeed.entity, 'project'), notExists(project)),
  );
}

/** Removes up to `BATCH_ROWS` matching entries. Returns their numbers in ascending order. */
async function remove(tx: Transaction, customerId: number, where: SQL | undefined): Promise<number[]> {
  const rows = await tx
    .select({ seq: changeFeed.seq })
    .from(changeFeed)
    .where(where)
    .orderBy(changeFeed.seq)
    .limit(BATCH_ROWS);
  const seqs = rows.map(({ seq }) => seq);
  if (seqs.length === 0) return [];
  await tx.delete(changeFeed).where(and(eq(changeFeed.customerId, customerId), inArray(changeFeed.seq, seqs)));
  return seqs;
}
