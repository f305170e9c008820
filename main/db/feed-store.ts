import type { Database as Connection } from 'better-sqlite3';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import { prepareUpsert } from './bulk-upsert.ts';
import type { FeedPosition } from './customers-repository.ts';
import { type ProjectRow, projects, type VersionRow, versions } from './schema.ts';
import { tryOnDisk } from './try-on-disk.ts';

/** Writes rows of the change feed into one set of tables. */
export interface FeedRows {
  putProject(row: ProjectRow): void;
  /** Removes the project with all its versions. */
  removeProject(uuid: string): void;
  putVersion(row: VersionRow): void;
  /** Returns the version's project, or null if the version is not stored. */
  removeVersion(uuid: VersionUuid): string | null;
}

/** Writes rows and position of the library itself. */
export interface StoredRows extends FeedRows {
  setPosition(customerUuid: string, position: FeedPosition): void;
}

/**
 * Writes changes of the feed, many rows at a time. Commits are not flushed to disk: rows and cursor
 * are written together, so after a power cut the lost changes are simply read again. The next
 * commit outside the feed flushes these, too.
 */
export interface FeedStore {
  /** Runs `work` in one transaction. */
  tryWrite<Value>(work: (rows: StoredRows) => Value): Result<Value, WriteFailure>;
  /**
   * A second set of rows beside the library. It is temporary: if the process ends, the resync
   * starts from scratch.
   */
  readonly incoming: IncomingRows;
}

export interface IncomingRows {
  /** Empties the second set. */
  tryClear(): Result<void, WriteFailure>;
  tryWrite(work: (rows: FeedRows) => void): Result<void, WriteFailure>;
  /**
   * Replaces the customer's part of the library, and its position, with the second set in one
   * transaction. Does not write unchanged rows.
   */
  trySwap(customerUuid: string, position: FeedPosition): Result<void, WriteFailure>;
}

export function createFeedStore(connection: Connection): FeedStore {
  const rows = once(() => libraryRows(connection));
  return {
    tryWrite: (work) => tryOnDisk(() => unflushed(connection, () => work(rows()))),
    incoming: createIncoming(connection),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * `synchronous` cannot change inside a transaction, and must be reset before anything else is
 * written.
 */
function unflushed<Value>(connection: Connection, work: () => Value): Value {
  connection.pragma('synchronous = NORMAL');
  try {
    return connection.transaction(work).immediate();
  } finally {
    connection.pragma('synchronous = FULL');
  }
}

interface TableNames {
  readonly projects: string;
  readonly versions: string;
}

function rowsIn(connection: Connection, names: TableNames): FeedRows {
  const removeProject = connection.prepare<[string]>(`delete from ${names.projects} where uuid = ?`);
  const removeVersions = connection.prepare<[string]>(`delete from ${names.versions} where project_uuid = ?`);
  const removeVersion = connection
    .prepare<[string], string>(`delete from ${names.versions} where uuid = ? returning project_uuid`)
    .pluck();
  return {
    putProject: prepareUpsert(connection, projects, names.projects),
    putVersion: prepareUpsert(connection, versions, names.versions),
    removeProject: (uuid) => {
      removeVersions.run(uuid);
      removeProject.run(uuid);
    },
    removeVersion: (uuid) => removeVersion.get(uuid) ?? null,
  };
}

const LIVE: TableNames = { projects: 'main.projects', versions: 'main.versions' };
const INCOMING: TableNames = { projects: 'temp.incoming_projects', versions: 'temp.incoming_versions' };
const SET_POSITION = 'update main.customers set feed_cursor = ?, feed_id = ? where uuid = ?';

function libraryRows(connection: Connection): StoredRows {
  const setPosition = connection.prepare<[number, string, string]>(SET_POSITION);
  return {
    ...rowsIn(connection, LIVE),
    setPosition: (uuid, { cursor, feedId }) => void setPosition.run(cursor, feedId, uuid),
  };
}

function createIncoming(connection: Connection): IncomingRows {
  const rows = once(() => {
    connection.exec(incomingTables);
    return rowsIn(connection, INCOMING);
  });
  return {
    tryClear: () =>
      tryOnDisk(() => {
        rows();
        connection.exec('delete from temp.incoming_versions; delete from temp.incoming_projects');
      }),
    tryWrite: (work) => tryOnDisk(() => connection.transaction(() => work(rows())).deferred()),
    trySwap: (customerUuid, position) =>
      tryOnDisk(() => {
        rows();
        unflushed(connection, () => swap(connection, customerUuid, position));
      }),
  };
}

/** Temporary tables with the columns that the library's tables currently have. */
const incomingTables = (['projects', 'versions'] as const)
  .map(
    (name) => `create temp table incoming_${name} as select * from main.${name} limit 0;
      create unique index temp.incoming_${name}_uuid on incoming_${name} (uuid)`,
  )
  .join(';');

/**
 * The feed may report a version before its project. If this account follows only one customer,
 * versions without a stored project therefore belong to that customer, too.
 */
const swapSteps = {
  dropVersions: `delete from main.versions where uuid not in (select uuid from temp.incoming_versions) and (
      project_uuid in (select uuid from main.projects where customer_uuid = ?)
      or (select count(*) from main.customers) = 1)`,
  dropProjects: `delete from main.projects where customer_uuid = ? and uuid not in (select uuid from temp.incoming_projects)`,
  takeVersions: `insert or replace into main.versions select * from temp.incoming_versions except select * from main.versions`,
  takeProjects: `insert or replace into main.projects select * from temp.incoming_projects except select * from main.projects`,
};

function swap(connection: Connection, customerUuid: string, { cursor, feedId }: FeedPosition): void {
  connection.prepare(swapSteps.dropVersions).run(customerUuid);
  connection.prepare(swapSteps.dropProjects).run(customerUuid);
  connection.prepare(swapSteps.takeVersions).run();
  connection.prepare(swapSteps.takeProjects).run();
  connection.prepare(SET_POSITION).run(cursor, feedId, customerUuid);
}
