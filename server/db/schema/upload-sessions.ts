import { customType, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { UploadFields } from '../../../shared/api/avatars.ts';
import type { StoredPlan } from '../../../shared/domain/recipe/upload-plan.ts';
import { avatars } from './avatars.ts';
import { createdAtColumn, instant } from './columns.ts';
import { projects } from './projects.ts';
import { users } from './users.ts';

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
});

/** What a stored file is made of, so that a later upload need not send it again. Goes with its version. */
export const bundlePieces = pgTable(
  'bundle_pieces',
  {
    avatarId: integer('avatar_id')
      .notNull()
      .references(() => avatars.id, { onDelete: 'cascade' }),
    /** In file order, from 0. */
    ordinal: integer('ordinal').notNull(),
    /** Name of the entry, byte by byte in hex: it may hold anything. */
    pathHex: text('path_hex').notNull(),
    /** Bytes from the beginning of the file. */
    offset: integer('file_offset').notNull(),
    /** Bytes. */
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.avatarId, table.ordinal] }), index('bundle_pieces_sha256').on(table.sha256)],
);

/** An upload that was announced and is neither stored nor expired. Its stream lies in the incoming folder. */
export const uploadSessions = pgTable(
  'upload_sessions',
  {
    /** Made by the client. */
    uuid: uuid('uuid').primaryKey(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    projectId: integer('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** SHA-256 over everything that was announced: the same uuid means the same upload. */
    fingerprint: text('fingerprint').notNull(),
    originalFilename: text('original_filename').notNull(),
    /** Bytes. */
    fileSize: integer('file_size').notNull(),
    sha256: text('sha256').notNull(),
    fields: jsonb('fields').$type<UploadFields>().notNull(),
    recipe: bytes('recipe').notNull(),
    plan: jsonb('plan').$type<StoredPlan>().notNull(),
    createdAt: createdAtColumn(),
    /** When bytes last came. */
    touchedAt: instant('touched_at').notNull().defaultNow(),
  },
  (table) => [index('upload_sessions_user').on(table.userId), index('upload_sessions_touched_at').on(table.touchedAt)],
);
