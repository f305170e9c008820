import type { Database as Connection, Statement } from 'better-sqlite3';
import { hasErrorCode } from '../../../node/error-code.ts';
import { isSqliteDamage } from '../../../node/sqlite-damage.ts';

/** A row as SQLite stores it, by the names of its columns. */
export type RawRow = Readonly<Record<string, unknown>>;

export interface ReadableRows {
  readonly rows: readonly RawRow[];
  /** False if a part of the table could not be read. */
  readonly isComplete: boolean;
}

/** How many ranges of row IDs are tried; a damaged page takes about a hundred. */
const MAX_RANGES = 2000;
/** A name that no column has. */
const ROW_ID = 'row id';
/** Row IDs count from 1; no library has more. */
const LAST_ROW_ID = 2 ** 40;

/**
 * The rows of a table, read around the pages that cannot be read: forward to the damage, backward to
 * it, and then the same in each half of the row IDs between.
 */
export function readableRows(connection: Connection, table: string): ReadableRows {
  const scans = prepareScans(connection, table);
  if (scans === null) return { rows: [], isComplete: false };
  const rows = new Map<number, RawRow>();
  const ranges: Range[] = [{ first: 1, last: LAST_ROW_ID }];
  let isComplete = true;
  for (let tried = 0; tried < MAX_RANGES; tried += 1) {
    const range = ranges.pop();
    if (range === undefined) return { rows: [...rows.values()], isComplete };
    const up = scan(scans.up, range, rows);
    if (up === null) continue;
    isComplete = false;
    const first = up === 'nothing' ? range.first : up + 1;
    const down = scan(scans.down, { ...range, first }, rows);
    if (down === null) continue;
    const last = down === 'nothing' ? range.last : down - 1;
    const middle = Math.floor((first + last) / 2);
    // A single row that cannot be read is lost.
    if (first < last) ranges.push({ first, last: middle }, { first: middle + 1, last });
  }
  return { rows: [...rows.values()], isComplete: false };
}

/** Row IDs, both included. */
interface Range {
  readonly first: number;
  readonly last: number;
}

type Scan = Statement<[first: number, last: number], RawRow>;

/** Null if not even the schema of the table can be read. */
function prepareScans(connection: Connection, table: string): { readonly up: Scan; readonly down: Scan } | null {
  // Without an index: its pages may be damaged although those of the table are not.
  const sql = `select rowid as "${ROW_ID}", * from "${table}" not indexed where rowid between ? and ? order by rowid`;
  try {
    return { up: connection.prepare(`${sql} asc`), down: connection.prepare(`${sql} desc`) };
  } catch (error) {
    // `SQLITE_ERROR`: the schema can be read, but its page with this table is lost.
    if (!isSqliteDamage(error) && !hasErrorCode(error, 'SQLITE_ERROR')) throw error;
    return null;
  }
}

/** Adds rows. Returns null if the range was read, or the last row ID before the damage. */
function scan(statement: Scan, { first, last }: Range, rows: Map<number, RawRow>): number | 'nothing' | null {
  let reached: number | 'nothing' = 'nothing';
  try {
    for (const { [ROW_ID]: rowId, ...row } of statement.iterate(first, last)) {
      reached = Number(rowId);
      rows.set(reached, row);
    }
    return null;
  } catch (error) {
    if (!isSqliteDamage(error)) throw error;
    return reached;
  }
}
