import type { Database as Connection } from 'better-sqlite3';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { prepareUpsert } from './bulk-upsert.ts';
import type { FeedPosition } from './customers-repository.ts';
import { type ProjectRow, projects, type VersionRow, versions } from './schema.ts';

/** A set of the server's rows, as its feed tells them. */
export interface FeedRows {
  putProject(row: ProjectRow): void;
  /** With all its versions. */
  removeProject(uuid: string): void;
  putVersion(row: VersionRow): void;
  /** Answers the project that it was in; null: it was not here. */
  removeVersion(uuid: VersionUuid): string | null;
}

/** The library's rows. */
export interface LiveRows extends FeedRows {
  setPosition(customerUuid: string, position: FeedPosition): void;
}

/**
 * Writes what the feed tells, many rows at a time. Nothing here waits for the disk to have it: rows and cursor go together, so whatever
 * a power cut takes back the server tells again. The next commit of an own operation flushes it with its own.
 */
export interface FeedStore {
  /** All of it or nothing. */
  write<Value>(work: (rows: LiveRows) => Value): Value;
  /** A second set of rows beside the library, on no disk that survives the process: whoever dies with it begins again. */
  readonly incoming: IncomingRows;
}

export interface IncomingRows {
  /** Empties the second set. */
  clear(): void;
  write(work: (rows: FeedRows) => void): void;
  /** The customer's part of the library becomes the second set, with its position, in one transaction. Rows that are the same stay untouched. */
  swap(customerUuid: string, position: FeedPosition): void;
}

export function createFeedStore(connection: Connection): FeedStore {
  const live = once(() => liveRows(connection));
  return {
    write: (work) => unflushed(connection, () => work(live())),
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

/** `synchronous` cannot change inside a transaction, and must be back before anything else is written. */
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

function liveRows(connection: Connection): LiveRows {
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
    clear: () => {
      rows();
      connection.exec('delete from temp.incoming_versions; delete from temp.incoming_projects');
    },
    write: (work) => connection.transaction(() => work(rows())).deferred(),
    swap: (customerUuid, position) => {
      rows();
      unflushed(connection, () => swap(connection, customerUuid, position));
    },
  };
}

/** The same columns as the library's tables, whatever they are in this version. */
const incomingTables = (['projects', 'versions'] as const)
  .map(
    (name) => `create temp table incoming_${name} as select * from main.${name} limit 0;
      create unique index temp.incoming_${name}_uuid on incoming_${name} (uuid)`,
  )
  .join(';');

/**
 * A version may have been told before its project, so those of no known project belong to the customer as well where he is the only one
 * that this account follows.
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
