import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { userRoles } from '../../../shared/api/auth.ts';
import { createdAtColumn, idColumn, instant, uuidColumn } from './columns.ts';
import { customers } from './customers.ts';

export const users = pgTable(
  'users',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    /** Null for administrators, and only for them. */
    customerId: integer('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    role: text('role', { enum: userRoles }).notNull(),
    /** Argon2id in PHC form. */
    passwordHash: text('password_hash').notNull(),
    createdAt: createdAtColumn(),
  },
  (table) => [
    check('users_email_lower_case', sql`${table.email} = lower(${table.email})`),
    check('users_role_known', sql`${table.role} in ('admin', 'designer', 'viewer')`),
    check('users_admins_have_no_customer', sql`(${table.role} = 'admin') = (${table.customerId} is null)`),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    id: idColumn(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in hex, so that nobody can sign in with a stolen table. */
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: createdAtColumn(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('sessions_user_id').on(table.userId),
    index('sessions_expires_at').on(table.expiresAt),
    check('sessions_token_hash_form', sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
  ],
);
