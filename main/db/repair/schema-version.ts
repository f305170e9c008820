import { isDeepStrictEqual } from 'node:util';
import type { Database as Connection } from 'better-sqlite3';
import { hasErrorCode } from '../../../node/error-code.ts';
import { isSqliteDamage } from '../../../node/sqlite-damage.ts';
import type { LooseRow } from './loose-rows.ts';
import { type LibrarySchema, type SchemaHistory, schemaOf } from './schema-history.ts';

/** How many values a row of `__drizzle_migrations` has: ID, hash and time. */
export const MIGRATION_VALUES = 3;

/**
 * How many migrations a damaged library has. Its columns say so, or leave a few possibilities of
 * which its list of migrations names one. Where neither can be read, it is taken for a new one: most
 * are.
 */
export function schemaVersion(
  connection: Connection | null,
  loose: readonly LooseRow[],
  history: SchemaHistory,
): number {
  const recorded = recordedVersion(loose, history);
  const schema = connection === null ? null : readSchema(connection);
  const possible = schema === null ? [] : versionsLike(schema, history);
  if (possible.length > 0) return possible.find((version) => version === recorded) ?? Math.max(...possible);
  return recorded ?? history.migrations.length;
}

/** From wherever the rows are found: the tree of their table may be damaged. */
function recordedVersion(loose: readonly LooseRow[], { migrations }: SchemaHistory): number | null {
  const hashes = new Set(
    loose.filter(({ values }) => values.length === MIGRATION_VALUES).map(({ values }) => values[1]),
  );
  const last = migrations.findLastIndex(({ hash }) => hashes.has(hash));
  return last === -1 ? null : last + 1;
}

function readSchema(connection: Connection): LibrarySchema | null {
  try {
    return schemaOf(connection);
  } catch (error) {
    if (!isSqliteDamage(error) && !hasErrorCode(error, 'SQLITE_ERROR')) throw error;
    return null;
  }
}

/** The schemas that agree with every table that is left of this one. */
function versionsLike(schema: LibrarySchema, { schemas }: SchemaHistory): readonly number[] {
  const libraryTables = new Set(schemas.flatMap((one) => [...one.keys()]));
  const tables = [...schema].filter(([table]) => libraryTables.has(table));
  if (tables.length === 0) return [];
  return schemas.flatMap((one, version) =>
    tables.every(([table, columns]) => isDeepStrictEqual(one.get(table), columns)) ? [version] : [],
  );
}
