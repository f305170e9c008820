import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { customerRoles } from '../../../shared/domain/access-policy.ts';
import { createdAtColumn, idColumn } from './columns.ts';
import { customers } from './customers.ts';
import { projects } from './projects.ts';
import { users } from './users.ts';

/** What a user may do for a customer, or in one project of it. */
export const memberships = pgTable(
  'memberships',
  {
    id: idColumn(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    customerId: integer('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    role: text('role', { enum: customerRoles }).notNull(),
    /** Null for all projects of the customer. */
    projectId: integer('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    /** Given by the identity provider, which also changes and takes it; otherwise given by a person. */
    isFromProvider: boolean('is_from_provider').notNull().default(false),
    createdAt: createdAtColumn(),
  },
  (table) => [
    unique('memberships_one_per_place').on(table.userId, table.customerId, table.projectId).nullsNotDistinct(),
    index('memberships_customer').on(table.customerId),
    check('memberships_role_known', sql`${table.role} in ('manager', 'designer', 'viewer')`),
    check('memberships_managers_manage_all', sql`${table.role} <> 'manager' or ${table.projectId} is null`),
  ],
);
