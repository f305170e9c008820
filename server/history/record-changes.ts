import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.ts';
import { customers } from '../db/schema/customers.ts';
import { type ChangeEntity, changeFeed } from '../db/schema/history.ts';
import { FEED_CHANNEL } from './feed-notices.ts';

/** The payload of the notice: the customer and the last number of its feed. */
const FEED_NOTICE = sql`json_build_object('id', ${customers.id}, 'uuid', ${customers.uuid}, 'seq', ${customers.feedSeq})::text`;

export interface ChangedEntity {
  readonly entity: ChangeEntity;
  readonly uuid: string;
}

/**
 * Locks the customer's row, which serializes all writes of one customer, until the transaction
 * ends. Call it before reading anything that the write depends on. Returns false if the customer no
 * longer exists.
 */
export async function lockCustomer(tx: Transaction, customerId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.id, customerId))
    .for('no key update');
  return rows.length > 0;
}

/**
 * Adds entries to the customer's change feed, in the transaction that made the changes. Updating
 * the counter locks the customer's row until the commit, and a rollback restores the counter, so
 * the numbers have no gaps.
 */
export async function recordChanges(
  tx: Transaction,
  customerId: number,
  changes: readonly ChangedEntity[],
): Promise<void> {
  const distinct = [...new Map(changes.map((change) => [`${change.entity} ${change.uuid}`, change])).values()];
  if (distinct.length === 0) return;
  const [customer] = await tx
    .update(customers)
    .set({ feedSeq: sql`${customers.feedSeq} + ${distinct.length}` })
    .where(eq(customers.id, customerId))
    // PostgreSQL notifies the listeners if, and only if, this transaction commits.
    .returning({ feedSeq: customers.feedSeq, notified: sql`pg_notify(${FEED_CHANNEL}, ${FEED_NOTICE})` });
  if (!customer) throw new Error(`Customer ${customerId} vanished inside its own transaction`);
  const first = customer.feedSeq - distinct.length + 1;
  await supersede(tx, customerId, distinct);
  await tx
    .insert(changeFeed)
    .values(distinct.map(({ entity, uuid }, at) => ({ customerId, seq: first + at, entity, entityUuid: uuid })));
}

/** Marks the earlier entries of these entities as superseded; readers skip them. */
async function supersede(tx: Transaction, customerId: number, changes: readonly ChangedEntity[]): Promise<void> {
  await tx
    .update(changeFeed)
    .set({ isLatest: false })
    .where(
      and(
        eq(changeFeed.customerId, customerId),
        changeFeed.isLatest,
        inArray(
          changeFeed.entityUuid,
          changes.map(({ uuid }) => uuid),
        ),
      ),
    );
}
