import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, instant, uuidColumn } from './columns.ts';
import { customers } from './customers.ts';
import { users } from './users.ts';

export const projects = pgTable(
  'projects',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** How many bytes the project may store; null: the default of the settings. */
    quotaBytes: bigint('quota_bytes', { mode: 'number' }),
    createdAt: createdAtColumn(),
    updatedAt: instant('updated_at'),
    /** Who chose the active version (or none), and when. */
    activeSetByUserId: integer('active_set_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    activeSetAt: instant('active_set_at'),
    /** When it was moved to the trash, and by whom; null if it is not there. */
    deletedAt: instant('deleted_at'),
    deletedByUserId: integer('deleted_by_user_id').references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [
    check('projects_quota_counts', sql`${table.quotaBytes} >= 0`),
    // A project in the trash does not keep its name.
    uniqueIndex('projects_name_per_customer')
      .on(table.customerId, sql`lower(${table.name})`)
      .where(sql`${table.deletedAt} is null`),
  ],
);
