import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { TokenScope } from '../../../shared/domain/access-token.ts';
import { linkKinds } from '../../../shared/domain/account-fields.ts';
import { createdAtColumn, idColumn, instant, uuidColumn } from './columns.ts';
import { users } from './users.ts';

/** A device that a user has signed in from. Its token proves that at the next sign-in. */
export const devices = pgTable(
  'devices',
  {
    id: idColumn(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in hex. */
    tokenHash: text('token_hash').notNull().unique(),
    name: text('name').notNull(),
    createdAt: createdAtColumn(),
    lastUsedAt: instant('last_used_at').notNull().defaultNow(),
  },
  (table) => [index('devices_user_id').on(table.userId)],
);

export const sessions = pgTable(
  'sessions',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    deviceId: integer('device_id').references(() => devices.id, { onDelete: 'set null' }),
    /** SHA-256 of the token in hex, so that nobody can sign in with a stolen table. */
    tokenHash: text('token_hash').notNull().unique(),
    createdAt: createdAtColumn(),
    lastUsedAt: instant('last_used_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('sessions_user_id').on(table.userId),
    index('sessions_expires_at').on(table.expiresAt),
    check('sessions_token_hash_form', sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** Personal access tokens, for programs that act for a user. */
export const accessTokens = pgTable(
  'access_tokens',
  {
    id: idColumn(),
    uuid: uuidColumn(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What the owner calls it. */
    name: text('name').notNull(),
    /** SHA-256 of the token in hex, so that nobody can use a stolen table. */
    tokenHash: text('token_hash').notNull().unique(),
    scopes: text('scopes').array().$type<TokenScope[]>().notNull(),
    createdAt: createdAtColumn(),
    /** Null until it is used. */
    lastUsedAt: instant('last_used_at'),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('access_tokens_user_id').on(table.userId),
    check('access_tokens_token_hash_form', sql`${table.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check('access_tokens_some_scope', sql`cardinality(${table.scopes}) > 0`),
    check('access_tokens_end_within_a_year', sql`${table.expiresAt} <= ${table.createdAt} + interval '366 days'`),
  ],
);

/** Links that work once. Only the hash of their token is stored. */
export const accountLinks = pgTable(
  'account_links',
  {
    id: idColumn(),
    kind: text('kind', { enum: linkKinds }).notNull(),
    /** SHA-256 of the token in hex. */
    tokenHash: text('token_hash').notNull().unique(),
    /** Null only for the setup of a new server. */
    userId: integer('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAtColumn(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [
    index('account_links_user_id').on(table.userId),
    check('account_links_setup_has_no_user', sql`(${table.kind} = 'setup') = (${table.userId} is null)`),
  ],
);

/** A user's authenticator. */
export const secondFactors = pgTable('second_factors', {
  userId: integer('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Base32. The server must be able to compute codes from it, so it cannot be a hash. */
  secret: text('secret').notNull(),
  createdAt: createdAtColumn(),
  /** Null until a first code has shown that the authenticator has the secret. */
  confirmedAt: instant('confirmed_at'),
  /** The time step of the last accepted code: none is accepted twice (RFC 6238, 5.2). */
  lastStep: integer('last_step').notNull().default(0),
});

/** Each code replaces the authenticator once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the code in hex; it has 80 random bits. */
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

/** Who a user is at an OpenID Connect provider. */
export const externalIdentities = pgTable(
  'external_identities',
  {
    id: idColumn(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    createdAt: createdAtColumn(),
  },
  (table) => [uniqueIndex('external_identities_subject').on(table.issuer, table.subject)],
);
