import { sql } from 'drizzle-orm';
import { integer, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The internal key: joins and the plan's `id`. Never used in an address. */
export const idColumn = () => integer('id').primaryKey().generatedAlwaysAsIdentity();

/** The public key: what every URL and every answer uses. */
export const uuidColumn = () => uuid('uuid').notNull().unique().default(sql`gen_random_uuid()`);

export const instant = (name: string) => timestamp(name, { withTimezone: true });

export const createdAtColumn = () => instant('created_at').notNull().defaultNow();
