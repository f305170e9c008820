import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database, { type Database as Connection } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { causesOf, hasErrorCode } from '../../node/error-code.ts';
import { isSqliteDamage } from '../../node/sqlite-damage.ts';
import type { Result } from '../../shared/lib/result.ts';
import { KIB, MIB } from '../../shared/lib/sizes.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import { type CustomerReader, type CustomerWriter, customerReader, customerWriter } from './customers-repository.ts';
import {
  type DrawingFailureReader,
  type DrawingFailureWriter,
  drawingFailureReader,
  drawingFailureWriter,
} from './drawing-failures-repository.ts';
import { createFeedStore, type FeedStore } from './feed-store.ts';
import {
  type HeldActivationReader,
  type HeldActivationWriter,
  heldActivationReader,
  heldActivationWriter,
} from './held-activations-repository.ts';
import {
  type LibraryStateReader,
  type LibraryStateWriter,
  libraryStateReader,
  libraryStateWriter,
} from './library-state-repository.ts';
import {
  type OperationReader,
  type OperationWriter,
  operationReader,
  operationWriter,
} from './operations-repository.ts';
import { type PinReader, type PinWriter, pinReader, pinWriter } from './pins-repository.ts';
import { type ProjectReader, type ProjectWriter, projectReader, projectWriter } from './projects-repository.ts';
import type { Queries } from './queries.ts';
import {
  type RecheckDismissalReader,
  type RecheckDismissalWriter,
  recheckDismissalReader,
  recheckDismissalWriter,
} from './recheck-dismissals-repository.ts';
import { finishRebuild, hasEndedAbruptly, isEmptied, isMarkedDamaged, markDamaged } from './repair/library-files.ts';
import { noticeDamage } from './repair/notice-damage.ts';
import { type NewLibrary, rebuildLibrary } from './repair/rebuild-library.ts';
import * as schema from './schema.ts';
import {
  type StagedFileReader,
  type StagedFileWriter,
  stagedFileReader,
  stagedFileWriter,
} from './staged-files-repository.ts';
import { type SummaryReader, type SummaryWriter, summaryReader, summaryWriter } from './summaries-repository.ts';
import { type TransferReader, type TransferWriter, transferReader, transferWriter } from './transfers-repository.ts';
import { tryOnDisk } from './try-on-disk.ts';
import { type VersionReader, type VersionWriter, versionReader, versionWriter } from './versions-repository.ts';
import {
  type WatchFolderReader,
  type WatchFolderWriter,
  watchFolderReader,
  watchFolderWriter,
} from './watch-folders-repository.ts';

export interface Readers {
  readonly customers: CustomerReader;
  readonly projects: ProjectReader;
  readonly versions: VersionReader;
  readonly transfers: TransferReader;
  readonly stagedFiles: StagedFileReader;
  readonly heldActivations: HeldActivationReader;
  readonly operations: OperationReader;
  readonly watchFolders: WatchFolderReader;
  readonly summaries: SummaryReader;
  readonly drawingFailures: DrawingFailureReader;
  readonly recheckDismissals: RecheckDismissalReader;
  readonly pins: PinReader;
  readonly state: LibraryStateReader;
}

export interface Writers {
  readonly customers: CustomerWriter;
  readonly projects: ProjectWriter;
  readonly versions: VersionWriter;
  readonly transfers: TransferWriter;
  readonly stagedFiles: StagedFileWriter;
  readonly heldActivations: HeldActivationWriter;
  readonly operations: OperationWriter;
  readonly watchFolders: WatchFolderWriter;
  readonly summaries: SummaryWriter;
  readonly drawingFailures: DrawingFailureWriter;
  readonly recheckDismissals: RecheckDismissalWriter;
  readonly pins: PinWriter;
  readonly state: LibraryStateWriter;
}

/**
 * The library and the transfers of one account, in one SQLite file. All calls are synchronous, as
 * SQLite is.
 */
export interface LocalDatabase {
  readonly read: Readers;
  /**
   * Runs `work` in one transaction; an exception rolls back. Reads inside see what `work` has
   * written so far. A full or unwritable disk is a failure; any other exception is a bug and
   * passes through.
   */
  tryWrite<Value>(work: (writers: Writers, readers: Readers) => Value): Result<Value, WriteFailure>;
  /** Bulk writes of the change feed. */
  readonly feed: FeedStore;
  /** Reads every page: `ok`, or what SQLite finds first. */
  quickCheck(): string;
  isOpen(): boolean;
  close(): void;
}

export interface LocalDatabaseOptions {
  readonly path: string;
  readonly migrationsDir: string;
  /** Called when a damaged file was set aside and a new one created. */
  onQuarantine(movedTo: string): void;
  /**
   * Called once, when a query finds the file damaged. Its caller gets the error, too. Opening the
   * library again sets the file aside.
   */
  onDamage?(): void;
}

/** How long to wait for another process's write, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;
/**
 * SQLite's default of 2 MiB is too small for the indexes of a large library: every row of a first
 * sync would read them from disk again.
 */
const PAGE_CACHE_BYTES = 16 * MIB;

/**
 * Libraries up to this size, about 6,000 versions, are checked at every start, which takes 25 ms.
 * Larger ones (100,000 versions: 400 ms) are checked after a crash or a power cut; otherwise the
 * queries that read them notice damage.
 */
const ALWAYS_CHECKED_BYTES = 4 * MIB;

/**
 * Opens or creates the file and migrates it to the newest schema. A damaged file is set aside, not
 * deleted, and what only it has is taken into a new one: `read.state.repair()`. Damage is noticed
 * by an earlier query, by a check, or by opening the file. Throws SQLite's error if the new one is
 * damaged, too, and any other error that prevents opening it.
 */
export function openLocalDatabase(options: LocalDatabaseOptions): LocalDatabase {
  const { path } = options;
  mkdirSync(dirname(path), { recursive: true });
  finishRebuild(path);
  try {
    return openUndamaged(options);
  } catch (error) {
    if (!isSqliteDamage(error)) throw error;
    options.onQuarantine(rebuildLibrary(options, (newPath) => connect({ ...options, path: newPath })));
    return openLibrary(options);
  }
}

/** Throws SQLite's error if the file is damaged. */
function openUndamaged(options: LocalDatabaseOptions): LocalDatabase {
  if (isMarkedDamaged(options.path)) throw new DamagedLibraryError('A query found the library damaged');
  if (isEmptied(options.path)) throw new DamagedLibraryError('The library is empty');
  return openLibrary(options);
}

class DamagedLibraryError extends Error {
  override readonly name = 'DamagedLibraryError';
  readonly code = 'SQLITE_CORRUPT';
}

function openLibrary(options: LocalDatabaseOptions): LocalDatabase {
  const { connection, db } = connect(options);
  let isNoticed = false;
  const library = {
    read: readersOn(db),
    tryWrite: <Value>(work: (writers: Writers, readers: Readers) => Value) =>
      tryOnDisk(() => db.transaction((tx) => work(writersOn(tx), readersOn(tx)), { behavior: 'immediate' })),
    feed: createFeedStore(connection),
    quickCheck: () => String(connection.pragma('quick_check(1)', { simple: true })),
    isOpen: () => connection.open,
    close: () => connection.close(),
  };
  return noticeDamage(library, () => {
    if (isNoticed) return;
    isNoticed = true;
    markDamaged(options.path);
    options.onDamage?.();
  });
}

function connect({ path, migrationsDir }: Pick<LocalDatabaseOptions, 'path' | 'migrationsDir'>): NewLibrary {
  // Opening the file creates a log.
  const mustCheck = hasEndedAbruptly(path) || sizeOf(path) <= ALWAYS_CHECKED_BYTES;
  const connection = new Database(path);
  try {
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    connection.pragma('journal_mode = WAL');
    // With WAL the default NORMAL may lose the newest commits in a power cut; a confirmed upload must not be lost.
    connection.pragma('synchronous = FULL');
    connection.pragma(`cache_size = -${PAGE_CACHE_BYTES / KIB}`);
    if (mustCheck) requireSound(connection);
    const db = drizzle(connection, { schema });
    migrateOrCheck(connection, () => migrate(db, { migrationsFolder: migrationsDir }));
    return { connection, db };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** If pages of the schema are lost, migrations fail with errors that do not say so. */
function migrateOrCheck(connection: Connection, runMigrations: () => void): void {
  try {
    runMigrations();
  } catch (error) {
    if (causesOf(error).some((cause) => hasErrorCode(cause, 'SQLITE_ERROR'))) requireSound(connection);
    throw error;
  }
}

/** In bytes; 0 if there is no such file. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Reads every page, and every row through every index: SQLite's quick check misses rows that a
 * damaged index no longer finds. Throws if anything is wrong.
 */
function requireSound(connection: Connection): void {
  const found = connection.pragma('integrity_check(1)', { simple: true });
  if (found !== 'ok') throw new DamagedLibraryError(String(found));
}

function readersOn(db: Queries): Readers {
  return {
    customers: customerReader(db),
    projects: projectReader(db),
    versions: versionReader(db),
    transfers: transferReader(db),
    stagedFiles: stagedFileReader(db),
    heldActivations: heldActivationReader(db),
    operations: operationReader(db),
    watchFolders: watchFolderReader(db),
    summaries: summaryReader(db),
    drawingFailures: drawingFailureReader(db),
    recheckDismissals: recheckDismissalReader(db),
    pins: pinReader(db),
    state: libraryStateReader(db),
  };
}

function writersOn(db: Queries): Writers {
  return {
    customers: customerWriter(db),
    projects: projectWriter(db),
    versions: versionWriter(db),
    transfers: transferWriter(db),
    stagedFiles: stagedFileWriter(db),
    heldActivations: heldActivationWriter(db),
    operations: operationWriter(db),
    watchFolders: watchFolderWriter(db),
    summaries: summaryWriter(db),
    drawingFailures: drawingFailureWriter(db),
    recheckDismissals: recheckDismissalWriter(db),
    pins: pinWriter(db),
    state: libraryStateWriter(db),
  };
}
