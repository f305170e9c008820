import Database, { type Database as Connection } from 'better-sqlite3';
import type { RawRow } from './readable-rows.ts';
import { applyMigrations, type SchemaHistory } from './schema-history.ts';

/** Rows of a library of one version, as the newest schema has them. */
export interface RowUpgrade {
  /** In the same order, without rows that a migration cannot read. */
  upgradeRows(table: string, rows: readonly RawRow[]): Iterable<RawRow>;
  close(): void;
}

/** Rows in memory at a time: a few milliseconds' work, and a few MiB if they are large. */
const BATCH_ROWS = 500;

/**
 * Lets the migrations themselves rename, add and rewrite what rows have, in memory. Nothing is
 * required of the rows: they may be damaged, or of another table.
 */
export function rowUpgrade({ migrations, schemas }: SchemaHistory, version: number): RowUpgrade {
  const connection = new Database(':memory:');
  applyMigrations(connection, migrations.slice(0, version));
  for (const table of schemas[version]?.keys() ?? []) removeConstraints(connection, table);
  const migrateRows = (table: string, rows: readonly RawRow[]) =>
    undone(connection, () => {
      insertRows(connection, table, rows);
      applyMigrations(connection, migrations.slice(version));
      return connection.prepare<[], RawRow>(`select * from "${table}" order by rowid`).all();
    });
  return {
    upgradeRows: (table, rows) => inBatches(rows, (batch) => withoutFailing(batch, (some) => migrateRows(table, some))),
    close: () => connection.close(),
  };
}

function* inBatches(
  rows: readonly RawRow[],
  work: (batch: readonly RawRow[]) => readonly RawRow[],
): Generator<RawRow, void> {
  for (let at = 0; at < rows.length; at += BATCH_ROWS) yield* work(rows.slice(at, at + BATCH_ROWS));
}

/** JSON that does not parse, in any of the rows, ends a migration: then each half is tried. */
function withoutFailing(
  rows: readonly RawRow[],
  work: (rows: readonly RawRow[]) => readonly RawRow[],
): readonly RawRow[] {
  try {
    return work(rows);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    const half = Math.floor(rows.length / 2);
    if (half === 0) return [];
    return [...withoutFailing(rows.slice(0, half), work), ...withoutFailing(rows.slice(half), work)];
  }
}

function undone<Value>(connection: Connection, work: () => Value): Value {
  connection.exec('begin');
  try {
    return work();
  } finally {
    connection.exec('rollback');
  }
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** An SQL expression. */
  readonly dflt_value: string | null;
}

/** Migrations may drop indexes, so these stay, but they are no longer unique. */
function removeConstraints(connection: Connection, table: string): void {
  const columns = connection.prepare<[string], Column>('select * from pragma_table_info(?) order by cid').all(table);
  const indexes = connection
    .prepare<[string], string>(
      "select sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null",
    )
    .pluck()
    .all(table);
  const defined = columns.map(
    ({ name, type, dflt_value: value }) => `"${name}" ${type}${value === null ? '' : ` default (${value})`}`,
  );
  connection.exec(`drop table "${table}"; create table "${table}" (${defined.join(', ')})`);
  for (const sql of indexes) connection.exec(sql.replace(/^create unique/i, 'create'));
}

/** Columns that a row lacks get their default, as in SQLite itself. */
function insertRows(connection: Connection, table: string, rows: readonly RawRow[]): void {
  const tableColumns = new Set(
    connection.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table),
  );
  for (const [index, row] of rows.entries()) {
    const columns = Object.keys(row).filter((name) => tableColumns.has(name));
    const names = ['rowid', ...columns.map((name) => `"${name}"`)];
    connection
      .prepare(`insert into "${table}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
      .run(index + 1, ...columns.map((name) => row[name]));
  }
}
