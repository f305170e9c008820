import Database, { type Database as Connection } from 'better-sqlite3';
import { isSqliteDamage } from '../../../node/sqlite-damage.ts';
import { type LooseRow, looseRows } from './loose-rows.ts';
import { type RawRow, type ReadableRows, readableRows } from './readable-rows.ts';
import { RESCUED, type RescuedTable } from './rescue-rules.ts';
import { type SchemaHistory, schemaHistory } from './schema-history.ts';
import { MIGRATION_VALUES, schemaVersion } from './schema-version.ts';
import { openPages } from './sqlite-pages.ts';
import { type RowUpgrade, rowUpgrade } from './upgrade-rows.ts';

/** What could be read of a table. */
export interface RescuedRows<Row> {
  readonly rows: readonly Row[];
  /** Rows found outside of the table's tree, in any order: they may have been deleted before. */
  readonly loose: readonly Row[];
  /** False if a part of the table could not be read. */
  readonly isComplete: boolean;
}

type RowOf<Table> = Table extends RescuedTable<infer Row> ? Row : never;

export type Rescue = { readonly [Name in keyof typeof RESCUED]: RescuedRows<RowOf<(typeof RESCUED)[Name]>> };

/**
 * Reads from a damaged library what exists nowhere else, and changes nothing in it: the tables, and
 * then every page, because a damaged tree may leave out rows without any error. The rows of an older
 * library are migrated before they are checked.
 */
export function rescueRows(path: string, migrationsDir: string): Rescue {
  const history = schemaHistory(migrationsDir);
  const connection = openReadonly(path);
  try {
    const loose = searchPages(path, valueCounts(history));
    const version = schemaVersion(connection, loose, history);
    return rescueTables({ connection, loose, history, version });
  } finally {
    connection?.close();
  }
}

interface Damaged {
  /** Null if SQLite cannot open it. */
  readonly connection: Connection | null;
  readonly loose: readonly LooseRow[];
  readonly history: SchemaHistory;
  /** How many migrations the library has. */
  readonly version: number;
}

function rescueTables(damaged: Damaged): Rescue {
  const upgrade = rowUpgrade(damaged.history, damaged.version);
  const rescue = <Row>(table: RescuedTable<Row>) => rescueTable(table, findRows(damaged, table.name), upgrade);
  try {
    return {
      operations: rescue(RESCUED.operations),
      transfers: rescue(RESCUED.transfers),
      stagedFiles: rescue(RESCUED.stagedFiles),
      heldActivations: rescue(RESCUED.heldActivations),
      watchFolders: rescue(RESCUED.watchFolders),
      watchedFiles: rescue(RESCUED.watchedFiles),
      pins: rescue(RESCUED.pins),
    };
  } finally {
    upgrade.close();
  }
}

/** How many values a row may have that is looked for. */
function valueCounts(history: SchemaHistory): ReadonlySet<number> {
  const counts = Object.values(RESCUED).flatMap(({ name }) => [...countsOf(history.schemas, name)]);
  return new Set([MIGRATION_VALUES, ...counts]);
}

/** A row that was stored before its table got more columns has fewer values. */
function countsOf(schemas: SchemaHistory['schemas'], table: string): ReadonlySet<number> {
  return new Set(schemas.flatMap((schema) => schema.get(table)?.length ?? []));
}

function findRows({ connection, loose, history, version }: Damaged, table: string): Found {
  const columns = history.schemas[version]?.get(table);
  // The library is from before there was such a table.
  if (columns === undefined) return { readable: { rows: [], isComplete: true }, loose: [] };
  const counts = countsOf(history.schemas.slice(0, version + 1), table);
  return {
    readable: connection === null ? NOTHING : withEvery(columns, readableRows(connection, table)),
    loose: named(
      loose.filter(({ values }) => counts.has(values.length)),
      columns,
    ),
  };
}

/** Of a table whose definition is damaged, the values of some columns are lost. */
function withEvery(columns: readonly string[], { rows, isComplete }: ReadableRows): ReadableRows {
  return { rows, isComplete: isComplete && rows.every((row) => columns.every((column) => column in row)) };
}

const NOTHING: ReadableRows = { rows: [], isComplete: false };

function openReadonly(path: string): Connection | null {
  try {
    return new Database(path, { readonly: true });
  } catch (error) {
    if (!isSqliteDamage(error)) throw error;
    return null;
  }
}

interface Found {
  readonly readable: ReadableRows;
  /** Rows that may belong to this table. */
  readonly loose: readonly RawRow[];
}

function rescueTable<Row>(table: RescuedTable<Row>, { readable, loose }: Found, upgrade: RowUpgrade): RescuedRows<Row> {
  const rows = intact(table, upgrade.upgradeRows(table.name, readable.rows));
  const others = intact(table, upgrade.upgradeRows(table.name, loose));
  for (const key of rows.keys()) others.delete(key);
  const isComplete = readable.isComplete && rows.size === readable.rows.length && others.size === 0;
  return { rows: [...rows.values()], loose: [...others.values()], isComplete };
}

function intact<Row>(table: RescuedTable<Row>, found: Iterable<RawRow>): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const raw of found) {
    const row = table.check(raw);
    if (row !== null) rows.set(table.keyOf(row), row);
  }
  return rows;
}

function searchPages(path: string, counts: ReadonlySet<number>): readonly LooseRow[] {
  const pages = openPages(path);
  try {
    return [...looseRows(pages, counts)];
  } finally {
    pages.close();
  }
}

/** Without the columns at the end for which a row has no values. */
function named(loose: readonly LooseRow[], columns: readonly string[]): readonly RawRow[] {
  return loose.map(({ rowId, values }) => {
    const raw: RawRow = Object.fromEntries(values.map((value, index) => [columns[index], value]));
    // SQLite stores an integer primary key as the row ID, and null in its place.
    return 'sequence' in raw ? { ...raw, sequence: rowId } : raw;
  });
}
