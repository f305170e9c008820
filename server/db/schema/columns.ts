import { sql } from 'drizzle-orm';
import { integer, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The internal key, used in joins and for the plan's `id`, but never in a URL. */
export const idColumn = () => integer('id').primaryKey().generatedAlwaysAsIdentity();

/** The public key, used in every URL and every response. */
export const uuidColumn = () => uuid('uuid').notNull().unique().default(sql`gen_random_uuid()`);

export const instant = (name: string) => timestamp(name, { withTimezone: true });

export const createdAtColumn = () => instant('created_at').notNull().defaultNow();
