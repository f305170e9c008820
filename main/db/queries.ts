import type Database from 'better-sqlite3';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as schema from './schema.ts';

/** The connection or a transaction on it: repositories work on both. */
export type Queries = BaseSQLiteDatabase<'sync', Database.RunResult, typeof schema>;

/** SQLite takes 32,766 values in one statement. */
const VALUES_PER_STATEMENT = 10_000;

/** Many values in as few statements as SQLite allows. */
export function batchesOf<Value extends string>(values: readonly Value[]): readonly Value[][] {
  const batches: Value[][] = [];
  for (let from = 0; from < values.length; from += VALUES_PER_STATEMENT) {
    batches.push(values.slice(from, from + VALUES_PER_STATEMENT));
  }
  return batches;
}
