import Database, { type Database as Connection } from 'better-sqlite3';
import { isSqliteDamage } from '../../../node/sqlite-damage.ts';
import { type LooseRow, looseRows } from './loose-rows.ts';
import { type RawRow, type ReadableRows, readableRows } from './readable-rows.ts';
import { RESCUED, type RescuedTable } from './rescue-rules.ts';
import { openPages } from './sqlite-pages.ts';

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
 * then every page, because a damaged tree may leave out rows without any error. `columnsOf`: a
 * table's columns in the order in which SQLite stores them.
 */
export function rescueRows(path: string, columnsOf: (table: string) => readonly string[]): Rescue {
  const connection = openReadonly(path);
  try {
    const tables = Object.values(RESCUED).map(({ name }) => [name, columnsOf(name)] as const);
    const loose = searchPages(path, new Set(tables.map(([, columns]) => columns.length)));
    const columns = new Map(tables);
    const rescue = <Row>(table: RescuedTable<Row>) =>
      rescueTable(table, {
        readable: connection === null ? NOTHING : readableRows(connection, table.name),
        loose: named(loose, columns.get(table.name) ?? []),
      });
    return {
      operations: rescue(RESCUED.operations),
      transfers: rescue(RESCUED.transfers),
      watchFolders: rescue(RESCUED.watchFolders),
      watchedFiles: rescue(RESCUED.watchedFiles),
      pins: rescue(RESCUED.pins),
    };
  } finally {
    connection?.close();
  }
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

function rescueTable<Row>(table: RescuedTable<Row>, { readable, loose }: Found): RescuedRows<Row> {
  const rows = intact(table, readable.rows);
  const others = intact(table, loose);
  for (const key of rows.keys()) others.delete(key);
  const isComplete = readable.isComplete && rows.size === readable.rows.length && others.size === 0;
  return { rows: [...rows.values()], loose: [...others.values()], isComplete };
}

function intact<Row>(table: RescuedTable<Row>, found: readonly RawRow[]): Map<string, Row> {
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

/** The rows that have as many values as the table has columns. */
function named(loose: readonly LooseRow[], columns: readonly string[]): readonly RawRow[] {
  return loose.flatMap(({ rowId, values }) => {
    if (values.length !== columns.length) return [];
    const raw: RawRow = Object.fromEntries(columns.map((column, index) => [column, values[index]]));
    // SQLite stores an integer primary key as the row ID, and null in its place.
    return ['sequence' in raw ? { ...raw, sequence: rowId } : raw];
  });
}
