import { isNull, type SQL, sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AvatarUuid, VersionUuid } from '../../../shared/domain/ids.ts';
import { type GabFinding, gabContainers, gabVerdicts } from '../../../shared/gab/report.ts';
import { createdAtColumn, idColumn, instant, uuidColumn } from './columns.ts';
import { projects } from './projects.ts';
import { users } from './users.ts';

/**
 * An avatar. Its versions 1, 2, 3 ... are rows of `avatars`; the names of both tables are older
 * than the words used in the code.
 */
export const lineages = pgTable(
  'lineages',
  {
    id: idColumn(),
    uuid: uuidColumn().$type<AvatarUuid>(),
    projectId: integer('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
    /**
     * Only ever increases, so that a version number is never used twice, not even after a purge.
     */
    lastVersion: integer('last_version').notNull().default(0),
    createdAt: createdAtColumn(),
    /** Who last set the name and tags, and when; null if that was before the server recorded it. */
    labelledByUserId: integer('labelled_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    labelledAt: instant('labelled_at'),
  },
  (table) => [
    // Target of the composite foreign key below.
    unique('lineages_id_project').on(table.id, table.projectId),
    index('lineages_project_id').on(table.projectId),
    check('lineages_last_version_counts', sql`${table.lastVersion} >= 0`),
  ],
);

/** A version: one uploaded file. The bytes of `filename` never change. */
export const avatars = pgTable(
  'avatars',
  {
    id: idColumn(),
    uuid: uuidColumn().$type<VersionUuid>(),
    projectId: integer('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    lineageId: integer('lineage_id').notNull(),
    version: integer('version').notNull(),
    filename: text('filename').notNull(),
    originalFilename: text('original_filename').notNull(),
    /** Bytes. */
    fileSize: integer('file_size').notNull(),
    isActive: boolean('is_active').notNull().default(false),
    createdAt: createdAtColumn(),
    updatedAt: instant('updated_at'),
    description: text('description').notNull().default(''),
    sha256: text('sha256').notNull(),
    container: text('container', { enum: gabContainers }).notNull(),
    verdict: text('verdict', { enum: gabVerdicts }).notNull(),
    activatable: boolean('activatable').notNull(),
    issues: jsonb('issues').$type<readonly GabFinding[]>().notNull(),
    /** The version of the rules that verdict and findings come from; 0: older than the first one. */
    checkRules: integer('check_rules').notNull().default(0),
    /** When newer rules last changed verdict or findings; null while they are those of the upload. */
    recheckedAt: instant('rechecked_at'),
    /** What the check said when the file was uploaded; null unless newer rules changed it. */
    uploadVerdict: text('upload_verdict', { enum: gabVerdicts }),
    uploadActivatable: boolean('upload_activatable'),
    manifestId: text('manifest_id'),
    bodyType: text('body_type', { enum: ['model3d', 'splat', 'portrait2d'] }),
    thumbnailSha256: text('thumbnail_sha256'),
    /** Bytes. */
    thumbnailSize: integer('thumbnail_size'),
    /** Who last edited the description, and when; null if it is still the one from the upload. */
    describedByUserId: integer('described_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    describedAt: instant('described_at'),
    createdByUserId: integer('created_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    /** When it was moved to the trash. */
    deletedAt: instant('deleted_at'),
    deletedByUserId: integer('deleted_by_user_id').references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [
    // A version always belongs to the same project as its avatar.
    foreignKey({
      name: 'avatars_lineage_in_project',
      columns: [table.lineageId, table.projectId],
      foreignColumns: [lineages.id, lineages.projectId],
    }).onDelete('cascade'),
    unique('avatars_version_per_lineage').on(table.lineageId, table.version),
    uniqueIndex('avatars_one_active_per_project').on(table.projectId).where(sql`${table.isActive}`),
    index('avatars_project_id').on(table.projectId, table.createdAt),
    // For the sums that quotas are compared with.
    index('avatars_size_by_project').on(table.projectId, table.fileSize),
    index('avatars_size_by_user').on(table.createdByUserId, table.fileSize),
    // For equal files of one customer.
    index('avatars_sha256').on(table.sha256),
    index('avatars_trash').on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
    check('avatars_filename_is_uuid', sql`${table.filename} = ${table.uuid}::text || '.gab'`),
    check('avatars_version_counts', sql`${table.version} >= 1`),
    check('avatars_file_size_limit', sql`${table.fileSize} between 1 and 52428800`),
    check('avatars_sha256_form', sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    // Newer rules may find fault with a stored version. It stays, and stays active.
    check('avatars_invalid_by_newer_rules', sql`${table.verdict} <> 'invalid' or ${table.recheckedAt} is not null`),
    check(
      'avatars_active_was_activatable',
      sql`not (${table.isActive} and not ${table.activatable}) or ${table.recheckedAt} is not null`,
    ),
    check(
      'avatars_recheck_complete',
      sql`num_nonnulls(${table.recheckedAt}, ${table.uploadVerdict}, ${table.uploadActivatable}) in (0, 3)`,
    ),
    check('avatars_active_is_not_trashed', sql`not (${table.isActive} and ${table.deletedAt} is not null)`),
    check('avatars_thumbnail_complete', sql`(${table.thumbnailSha256} is null) = (${table.thumbnailSize} is null)`),
  ],
);

/** The condition that a version is not in the trash. */
export const notTrashed = (): SQL => isNull(avatars.deletedAt);
