import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { activationHows } from '../../../shared/domain/activations.ts';
import type { AvatarUuid, VersionUuid } from '../../../shared/domain/ids.ts';
import { instant, uuidColumn } from './columns.ts';
import { projects } from './projects.ts';
import { users } from './users.ts';

/**
 * The activation history of each project: every change of its active version. Names and numbers are
 * those of that time and refer to versions without foreign keys, so that neither a new name nor a
 * purge changes what happened.
 */
export const activations = pgTable(
  'activations',
  {
    /** Increases within a project, because it is assigned under the customer's lock. */
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The request's Idempotency-Key if that is a UUID. */
    uuid: uuidColumn(),
    projectId: integer('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    /** The version that was active until then; null if none was. */
    fromVersionUuid: uuid('from_avatar_uuid').$type<VersionUuid>(),
    fromAvatarUuid: uuid('from_lineage_uuid').$type<AvatarUuid>(),
    fromName: text('from_name'),
    fromVersion: integer('from_version'),
    /** The version that is active since then; null if none is. */
    toVersionUuid: uuid('to_avatar_uuid').$type<VersionUuid>(),
    toAvatarUuid: uuid('to_lineage_uuid').$type<AvatarUuid>(),
    toName: text('to_name'),
    toVersion: integer('to_version'),
    how: text('how', { enum: activationHows }).notNull(),
    setByUserId: integer('set_by_user_id').references(() => users.id, { onDelete: 'set null' }),
    /** The user's name at that time; null if it was not known. */
    setBy: text('set_by'),
    setAt: instant('set_at').notNull(),
  },
  (table) => [
    // A page of the history, newest first, is one range of this index, read backwards.
    index('activations_project').on(table.projectId, table.id),
    check(
      'activations_from_complete',
      sql`num_nonnulls(${table.fromVersionUuid}, ${table.fromAvatarUuid}, ${table.fromName}, ${table.fromVersion}) in (0, 4)`,
    ),
    check(
      'activations_to_complete',
      sql`num_nonnulls(${table.toVersionUuid}, ${table.toAvatarUuid}, ${table.toName}, ${table.toVersion}) in (0, 4)`,
    ),
    check('activations_change_something', sql`${table.fromVersionUuid} is distinct from ${table.toVersionUuid}`),
  ],
);
