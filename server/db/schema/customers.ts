import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, uuidColumn } from './columns.ts';

/** Its row lock orders all writes of one customer: version numbers, the active avatar and the change feed depend on it. */
export const customers = pgTable(
  'customers',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    /** The last sequence number of this customer's change feed. */
    feedSeq: bigint('feed_seq', { mode: 'number' }).notNull().default(0),
    /** The number of the newest deletion that the feed has forgotten: whoever has read less may have missed one. */
    feedFloor: bigint('feed_floor', { mode: 'number' }).notNull().default(0),
    createdAt: createdAtColumn(),
  },
  (table) => [
    check('customers_slug_form', sql`${table.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check('customers_feed_floor_passed', sql`${table.feedFloor} <= ${table.feedSeq}`),
  ],
);
