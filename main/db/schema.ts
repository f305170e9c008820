import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AvatarResponse, uploadOutcomes } from '../../shared/api/avatars.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { VersionView } from '../../shared/contract/library.ts';
import type { LibraryRepair } from '../../shared/contract/library-repair.ts';
import type { OperationState } from '../../shared/contract/operations.ts';
import type { DrawingFailure } from '../../shared/contract/preview-frame.ts';
import type { TransferState, UploadChoice } from '../../shared/contract/transfers.ts';
import type { WatchMode } from '../../shared/contract/watch-folders.ts';
import type { Activation } from '../../shared/domain/activations.ts';
import type { ActiveVersion } from '../../shared/domain/apply-intents.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { AvatarFields, OperationIntent } from '../../shared/domain/intents.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';

/** A customer whose change feed this account follows, and how far. */
export const customers = sqliteTable('customers', {
  uuid: text('uuid').primaryKey(),
  name: text('name').notNull(),
  feedCursor: integer('feed_cursor').notNull().default(0),
  /** Which history of the server the cursor belongs to; empty until the server has said so. */
  feedId: text('feed_id').notNull().default(''),
});

export const projects = sqliteTable(
  'projects',
  {
    uuid: text('uuid').primaryKey(),
    customerUuid: text('customer_uuid').notNull(),
    customerName: text('customer_name').notNull(),
    name: text('name').notNull(),
    createdAt: text('created_at').notNull(),
    /** The active version, as the project's own feed entry reports it. */
    active: text('active', { mode: 'json' }).$type<ActiveVersion>(),
    activeSetBy: text('active_set_by'),
    activeSetAt: text('active_set_at'),
    /** The last activations, newest first; empty until the feed reports the project again. */
    activations: text('activations', { mode: 'json' }).$type<readonly Activation[]>().notNull().default([]),
    /** When the project was moved to the trash; null if it is not there. */
    deletedAt: text('deleted_at'),
  },
  (table) => [index('projects_customer').on(table.customerUuid)],
);

/**
 * One row per version. There is no foreign key to projects: the feed may report a version before
 * its project.
 */
export const versions = sqliteTable(
  'versions',
  {
    uuid: text('uuid').$type<VersionUuid>().primaryKey(),
    projectUuid: text('project_uuid').notNull(),
    avatarUuid: text('avatar_uuid').$type<AvatarUuid>().notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    tags: text('tags', { mode: 'json' }).$type<readonly string[]>().notNull(),
    description: text('description').notNull(),
    fileName: text('file_name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    container: text('container').$type<AvatarResponse['container']>().notNull(),
    verdict: text('verdict').$type<AvatarResponse['verdict']>().notNull(),
    activatable: integer('activatable', { mode: 'boolean' }).notNull(),
    issues: text('issues', { mode: 'json' }).$type<AvatarResponse['issues']>().notNull(),
    /** What the check said at the upload, if newer rules have changed it since then. */
    recheck: text('recheck', { mode: 'json' }).$type<NonNullable<VersionView['recheck']>>(),
    manifestId: text('manifest_id'),
    bodyType: text('body_type').$type<NonNullable<AvatarResponse['body_type']>>(),
    pictureHash: text('picture_hash'),
    createdAt: text('created_at').notNull(),
    createdBy: text('created_by'),
    deletedAt: text('deleted_at'),
  },
  (table) => [
    // With the avatar: counting a project's avatars reads the index only.
    index('versions_project').on(table.projectUuid, table.deletedAt, table.avatarUuid),
    index('versions_avatar').on(table.avatarUuid, table.version),
  ],
);

/** One row, `id` 1: the state of the whole library. */
export const libraryState = sqliteTable('library_state', {
  id: integer('id').primaryKey(),
  syncedAt: text('synced_at'),
  /** How a damaged library became this one, until a person has read it. */
  repair: text('repair', { mode: 'json' }).$type<LibraryRepair>(),
});

/**
 * Projects whose bundles stay on this machine. No foreign key: a project keeps its pin when a
 * resync replaces its row.
 */
export const pins = sqliteTable('pins', {
  projectUuid: text('project_uuid').primaryKey(),
  pinnedAt: text('pinned_at').notNull(),
});

/** The server's summaries of bundles, used to compare them, by the hash of the whole file. */
export const summaries = sqliteTable('summaries', {
  sha256: text('sha256').primaryKey(),
  /** Format version of the summary; a program with another format version requests it again. */
  summaryVersion: integer('summary_version').notNull(),
  /** Null: the file is not a valid bundle. */
  summary: text('summary', { mode: 'json' }).$type<BundleSummary>(),
});

/**
 * Bundles that the preview could not draw on this machine, stored or staged, by the hash of the
 * whole file.
 */
export const drawingFailures = sqliteTable('drawing_failures', {
  sha256: text('sha256').primaryKey(),
  /** The version of the preview program; another one may draw the bundle. */
  programVersion: integer('program_version').notNull(),
  code: text('code').$type<DrawingFailure['code']>().notNull(),
  detail: text('detail').notNull(),
  failedAt: text('failed_at').notNull(),
});

/** What newer rules of the check found in a project, up to a time, was dismissed on this machine. */
export const recheckDismissals = sqliteTable('recheck_dismissals', {
  projectUuid: text('project_uuid').primaryKey(),
  until: text('until').notNull(),
});

/** At most one folder per project. */
export const watchFolders = sqliteTable('watch_folders', {
  projectUuid: text('project_uuid').primaryKey(),
  path: text('path').notNull(),
  mode: text('mode').$type<WatchMode>().notNull(),
});

/**
 * Files of watch folders that are on the server or that a person has decided about; they are not
 * offered again.
 */
export const watchedFiles = sqliteTable(
  'watched_files',
  {
    projectUuid: text('project_uuid').notNull(),
    path: text('path').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    modifiedAtMs: integer('modified_at_ms').notNull(),
    sha256: text('sha256').notNull(),
    /** The avatar that the file is a version of; null while it is not known. */
    avatarUuid: text('avatar_uuid').$type<AvatarUuid>(),
  },
  (table) => [primaryKey({ columns: [table.projectUuid, table.path] })],
);

/**
 * Files in the upload sheets that were not uploaded yet, and what people have filled in for them.
 */
export const stagedFiles = sqliteTable(
  'staged_files',
  {
    /** The order in which they were added. */
    sequence: integer('sequence').primaryKey({ autoIncrement: true }),
    stageId: text('stage_id').notNull(),
    projectUuid: text('project_uuid').notNull(),
    fileName: text('file_name').notNull(),
    /** Null if its bytes were not received. */
    path: text('path'),
    sizeBytes: integer('size_bytes').notNull(),
    /** The file belongs to the application, which deletes it when it is no longer needed. */
    isTemporary: integer('is_temporary', { mode: 'boolean' }).notNull(),
    modifiedAtMs: real('modified_at_ms'),
    /** Why its bytes were not received. */
    failure: text('failure', { mode: 'json' }).$type<Failure>(),
    /** Files from a watch folder: the source file when it was taken. */
    watched: text('watched', { mode: 'json' }).$type<{
      readonly path: string;
      readonly sizeBytes: number;
      readonly modifiedAtMs: number;
    }>(),
    choice: text('choice', { mode: 'json' }).$type<UploadChoice>().notNull().default({}),
    /** Discarded, and still to be restored by undo; the next start deletes it. */
    isDiscarded: integer('is_discarded', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [uniqueIndex('staged_files_id').on(table.stageId)],
);

/**
 * Uploaded versions that people want to be active, over a version with which they have not been
 * compared. They are compared first; if something would break, a person is asked.
 */
export const heldActivations = sqliteTable('held_activations', {
  versionUuid: text('version_uuid').$type<VersionUuid>().primaryKey(),
  projectUuid: text('project_uuid').notNull(),
  heldAt: text('held_at').notNull(),
});

/** Uploads and downloads. A row stays until it is cleared by hand; `id` is also the upload's Idempotency-Key. */
export const transfers = sqliteTable(
  'transfers',
  {
    /** The order in which people requested them. */
    sequence: integer('sequence').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    kind: text('kind').$type<'upload' | 'download'>().notNull(),
    state: text('state').$type<TransferState>().notNull(),
    projectUuid: text('project_uuid').notNull(),
    fileName: text('file_name').notNull(),
    avatarName: text('avatar_name').notNull(),
    totalBytes: integer('total_bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** Uploads: the upload copy, whose bytes are sent. */
    copyPath: text('copy_path'),
    /** Uploads: the avatar that this becomes a version of; null for a new avatar. */
    avatarUuid: text('avatar_uuid').$type<AvatarUuid>(),
    /**
     * Uploads: the transfer that creates the avatar; this upload becomes a version of it and waits
     * until it is on the server.
     */
    followsId: text('follows_id'),
    /**
     * Uploads: name, tags and note. An upload that follows another keeps the name that it would
     * have as a new avatar.
     */
    newName: text('new_name'),
    newTags: text('new_tags', { mode: 'json' }).$type<readonly string[]>(),
    description: text('description'),
    activate: integer('activate', { mode: 'boolean' }).notNull().default(false),
    /**
     * Uploads: the active version that it may replace without a question. With `activate` it is
     * compared first with any other one (null: with any); without, it is activated only if this
     * version is still active then (null: not activated).
     */
    activateOver: text('activate_over').$type<VersionUuid>(),
    /** Uploads: the ID in the manifest, so that the next file of the same avatar is recognized. */
    manifestId: text('manifest_id'),
    /** How often it failed in a row; decides how long to wait. */
    attempts: integer('attempts').notNull().default(0),
    /**
     * How far the last attempt got. Uploads: bytes on the server; downloads: bytes on this disk.
     */
    doneBytes: integer('done_bytes').notNull().default(0),
    /**
     * Uploads: how many bytes have been sent, of how many that must be sent; null until the server
     * has said which.
     */
    sentBytes: integer('sent_bytes').notNull().default(0),
    streamBytes: integer('stream_bytes'),
    /** Uploads from a watch folder: the source file when it was taken. */
    watched: text('watched', { mode: 'json' }).$type<{
      readonly path: string;
      readonly sizeBytes: number;
      readonly modifiedAtMs: number;
    }>(),
    /** Downloads: the version to fetch. Uploads: the version that the server created. */
    versionUuid: text('version_uuid').$type<VersionUuid>(),
    /** Uploads: the avatar that the server created or added the version to. */
    storedAvatarUuid: text('stored_avatar_uuid').$type<AvatarUuid>(),
    version: integer('version'),
    activation: text('activation').$type<(typeof uploadOutcomes)[number]>(),
    savedPath: text('saved_path'),
    failure: text('failure', { mode: 'json' }).$type<Failure>(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [uniqueIndex('transfers_id').on(table.id)],
);

/** The server's conflicting state when it refused an operation, and who set it. */
export type OperationTheirs =
  | {
      readonly kind: 'active';
      readonly activeUuid: VersionUuid | null;
      readonly by: string | null;
      readonly at: string | null;
    }
  | { readonly kind: 'fields'; readonly fields: AvatarFields; readonly by: string | null; readonly at: string | null };

/**
 * The outbox: edits that the server has not acknowledged yet. They are applied over `projects` and
 * `versions` when those are read.
 */
export const operations = sqliteTable(
  'operations',
  {
    /** The order in which people made the edits. */
    sequence: integer('sequence').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    /** The idempotency key of its request. It is replaced when a person changes what is sent. */
    requestKey: text('request_key').notNull(),
    projectUuid: text('project_uuid').notNull(),
    avatarUuid: text('avatar_uuid').$type<AvatarUuid>(),
    /** What the person wants to change, and the state that the person saw. */
    intent: text('intent', { mode: 'json' }).$type<OperationIntent>().notNull(),
    by: text('by').notNull(),
    state: text('state').$type<OperationState>().notNull(),
    /** How often it failed in a row; decides how long to wait. */
    attempts: integer('attempts').notNull().default(0),
    failure: text('failure', { mode: 'json' }).$type<Failure>(),
    theirs: text('theirs', { mode: 'json' }).$type<OperationTheirs>(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('operations_id').on(table.id),
    index('operations_state').on(table.state, table.sequence),
    index('operations_avatar').on(table.avatarUuid),
  ],
);

export type CustomerRow = typeof customers.$inferSelect;
export type ProjectRow = typeof projects.$inferSelect;
export type VersionRow = typeof versions.$inferSelect;
export type TransferRow = typeof transfers.$inferSelect;
export type NewTransferRow = typeof transfers.$inferInsert;
export type StagedFileRow = typeof stagedFiles.$inferSelect;
export type NewStagedFileRow = typeof stagedFiles.$inferInsert;
export type HeldActivationRow = typeof heldActivations.$inferSelect;
export type WatchFolderRow = typeof watchFolders.$inferSelect;
export type WatchedFileRow = typeof watchedFiles.$inferSelect;
export type OperationRow = typeof operations.$inferSelect;
export type NewOperationRow = typeof operations.$inferInsert;
