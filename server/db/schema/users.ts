import { sql } from 'drizzle-orm';
import { boolean, check, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAtColumn, idColumn, instant, uuidColumn } from './columns.ts';

export const users = pgTable(
  'users',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    /** Administrators of the installation may do everything, and need no memberships. */
    isAdmin: boolean('is_admin').notNull().default(false),
    /** The identity provider made them an administrator, and may take that away. */
    isAdminFromProvider: boolean('is_admin_from_provider').notNull().default(false),
    /** Argon2id in PHC form; null until an invitation is used, or if only an identity provider signs in. */
    passwordHash: text('password_hash'),
    /** A demo account, whose password is public. It signs in only while the server runs as a demo. */
    isDemo: boolean('is_demo').notNull().default(false),
    createdAt: createdAtColumn(),
    disabledAt: instant('disabled_at'),
    lastSignInAt: instant('last_sign_in_at'),
  },
  (table) => [check('users_email_lower_case', sql`${table.email} = lower(${table.email})`)],
);
