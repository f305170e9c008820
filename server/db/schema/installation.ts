import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAtColumn, instant } from './columns.ts';

/**
 * The installation that this database belongs to, in one row. Its data folder carries the same id,
 * so that a server notices when the two do not belong together.
 */
export const installation = pgTable(
  'installation',
  {
    /** Always 1: there is at most one row. */
    id: integer('id').primaryKey().default(1),
    uuid: uuid('uuid').notNull(),
    createdAt: createdAtColumn(),
    /** When the data folder got the id; null if that was interrupted. */
    pairedAt: instant('paired_at'),
    /**
     * Which database the row was written in. Another one with this row is a copy; null until the
     * next start.
     */
    database: text('database'),
    /**
     * Changes when a backup is restored, so that readers of the change feed notice; null if that
     * has never happened.
     */
    history: uuid('history'),
  },
  (table) => [check('installation_one_row', sql`${table.id} = 1`)],
);
