import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { auditActions } from '../../../shared/api/administration.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { instant } from './columns.ts';
import { customers } from './customers.ts';

/** Who did what. Entries refer to rows by UUID, without foreign keys, because they outlive them. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    action: text('action', { enum: auditActions }).notNull(),
    /** The e-mail address at that time; null for the server's own jobs. */
    actor: text('actor'),
    customerUuid: uuid('customer_uuid'),
    projectUuid: uuid('project_uuid'),
    versionUuid: uuid('avatar_uuid').$type<VersionUuid>(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    index('audit_events_customer').on(table.customerUuid, table.id),
    index('audit_events_project').on(table.projectUuid, table.id),
    index('audit_events_avatar').on(table.versionUuid, table.id),
  ],
);

export const changeEntities = ['project', 'avatar'] as const;
export type ChangeEntity = (typeof changeEntities)[number];

/**
 * Which entity changed when, in the order of commits. The state of an entity is read from its own
 * table.
 */
export const changeFeed = pgTable(
  'change_feed',
  {
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    /**
     * 1, 2, 3 ... per customer, without gaps, because it is assigned under the customer's row lock.
     */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    entity: text('entity', { enum: changeEntities }).notNull(),
    entityUuid: uuid('entity_uuid').notNull(),
    /** False once the same entity has a newer entry; readers skip it. */
    isLatest: boolean('is_latest').notNull().default(true),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.seq] }),
    // One page is one range of this index, however long the feed is.
    index('change_feed_latest').on(table.customerId, table.seq).where(sql`${table.isLatest}`),
    uniqueIndex('change_feed_one_latest_per_entity')
      .on(table.customerId, table.entityUuid, table.entity)
      .where(sql`${table.isLatest}`),
    index('change_feed_superseded').on(table.customerId, table.at).where(sql`not ${table.isLatest}`),
    check('change_feed_seq_counts', sql`${table.seq} >= 1`),
  ],
);
