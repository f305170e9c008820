import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAtColumn, instant } from './columns.ts';
import { users } from './users.ts';

/**
 * The response of an upload or an operation with an Idempotency-Key, committed together with its
 * changes.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    /** SHA-256 over everything that was requested, for an upload including the hash of the file. */
    fingerprint: text('fingerprint').notNull(),
    status: integer('status').notNull(),
    response: jsonb('response').notNull(),
    createdAt: createdAtColumn(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    index('idempotency_keys_created_at').on(table.createdAt),
  ],
);

/**
 * The progress of an upload, so that any server process can report it. A migration makes this table
 * UNLOGGED: it is written five times a second and worthless after a crash.
 */
export const uploadReceipts = pgTable(
  'upload_receipts',
  {
    userId: integer('user_id').notNull(),
    key: text('key').notNull(),
    receivedBytes: bigint('received_bytes', { mode: 'number' }).notNull(),
    state: text('state', { enum: ['receiving', 'checking', 'stored', 'refused'] }).notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
);

/** Attempts per key and window, shared by all server processes. UNLOGGED like the receipts. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text('key').primaryKey(),
    attempts: integer('attempts').notNull(),
    windowEndsAt: instant('window_ends_at').notNull(),
  },
  (table) => [index('rate_limits_window_ends_at').on(table.windowEndsAt)],
);

/** Facts about this installation, such as that the demo was seeded. */
export const serverState = pgTable('server_state', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  createdAt: createdAtColumn(),
});
