import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, uuidColumn } from './columns.ts';

/**
 * The row lock of a customer serializes all its writes: version numbers, the active version and the
 * change feed depend on it.
 */
export const customers = pgTable(
  'customers',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    /** The last sequence number of this customer's change feed. */
    feedSeq: bigint('feed_seq', { mode: 'number' }).notNull().default(0),
    /**
     * The number of the newest deletion that was removed from the feed: a reader that has read less
     * may have missed one.
     */
    feedFloor: bigint('feed_floor', { mode: 'number' }).notNull().default(0),
    /** How many bytes the customer may store; null: the default of the settings. */
    quotaBytes: bigint('quota_bytes', { mode: 'number' }),
    createdAt: createdAtColumn(),
  },
  (table) => [
    check('customers_slug_form', sql`${table.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check('customers_quota_counts', sql`${table.quotaBytes} >= 0`),
    check('customers_feed_floor_passed', sql`${table.feedFloor} <= ${table.feedSeq}`),
  ],
);
