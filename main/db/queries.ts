import type Database from 'better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as schema from './schema.ts';

/** The connection or a transaction on it: repositories work on both. */
export type Queries = BaseSQLiteDatabase<'sync', Database.RunResult, typeof schema>;
