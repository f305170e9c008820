import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { causesOf, hasErrorCode } from '../../node/error-code.ts';
import { renameFileSync } from '../../node/rename.ts';
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
import * as schema from './schema.ts';
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
  isOpen(): boolean;
  close(): void;
}

export interface LocalDatabaseOptions {
  readonly path: string;
  readonly migrationsDir: string;
  /** Called when an unreadable file was set aside and a new one created. */
  onQuarantine(movedTo: string): void;
}

/** How long to wait for another process's write, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;
/**
 * SQLite's default of 2 MiB is too small for the indexes of a large library: every row of a first
 * sync would read them from disk again.
 */
const PAGE_CACHE_BYTES = 16 * MIB;

/**
 * Opens or creates the file and migrates it to the newest schema. A damaged file is set aside, not
 * deleted.
 */
export function openLocalDatabase(options: LocalDatabaseOptions): LocalDatabase {
  mkdirSync(dirname(options.path), { recursive: true });
  try {
    return open(options);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    options.onQuarantine(moveAside(options.path));
    return open(options);
  }
}

function moveAside(path: string): string {
  const movedTo = `${path}.unreadable-${Date.now()}`;
  // The write-ahead log belongs to the file and may contain rows that the file lacks.
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameFileSync(path + suffix, movedTo + suffix);
  }
  return movedTo;
}

function isDamaged(error: unknown): boolean {
  // Drizzle wraps the driver's error of a failed query.
  return causesOf(error).some((cause) => hasErrorCode(cause, 'SQLITE_NOTADB', 'SQLITE_CORRUPT'));
}

function open({ path, migrationsDir }: LocalDatabaseOptions): LocalDatabase {
  const connection = new Database(path);
  try {
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    connection.pragma('journal_mode = WAL');
    // With WAL the default NORMAL may lose the newest commits in a power cut; a confirmed upload must not be lost.
    connection.pragma('synchronous = FULL');
    connection.pragma(`cache_size = -${PAGE_CACHE_BYTES / KIB}`);
    const db = drizzle(connection, { schema });
    migrate(db, { migrationsFolder: migrationsDir });
    return {
      read: readersOn(db),
      tryWrite: (work) =>
        tryOnDisk(() => db.transaction((tx) => work(writersOn(tx), readersOn(tx)), { behavior: 'immediate' })),
      feed: createFeedStore(connection),
      isOpen: () => connection.open,
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function readersOn(db: Queries): Readers {
  return {
    customers: customerReader(db),
    projects: projectReader(db),
    versions: versionReader(db),
    transfers: transferReader(db),
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
    operations: operationWriter(db),
    watchFolders: watchFolderWriter(db),
    summaries: summaryWriter(db),
    drawingFailures: drawingFailureWriter(db),
    recheckDismissals: recheckDismissalWriter(db),
    pins: pinWriter(db),
    state: libraryStateWriter(db),
  };
}
