import { type Logger, pino } from 'pino';
import { takeFolder } from '../../node/folder-lock.ts';
import { makePrivateFolder } from '../../node/private-folder.ts';
import { blobStoreIn } from '../blobs/local-blob-store.ts';
import { type Closer, closeAll } from '../closers.ts';
import { createLog } from '../create-log.ts';
import { openDatabase } from '../db/database.ts';
import { findClusterPlace } from '../db/embedded/cluster-place.ts';
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts';
import { findRunningPostgres } from '../db/embedded/running-cluster.ts';
import { databaseUrl as databaseUrlOf, EMBEDDED_DATABASE, ensureDatabase, migrateDatabase } from '../db/migrate.ts';
import { waitForSessions } from '../db/wait-for-sessions.ts';
import type { ServerSettings } from '../settings.ts';
import { type InstallationAccess, RefusedCommand, type TargetAccess } from './command-context.ts';

/**
 * Does some work on the database and the files of the installation, whether its server runs or not.
 * With the embedded PostgreSQL it uses that of the running server, or starts it and stops it again.
 * Refuses if `DATA_DIR` has none: a mistyped path must not become a new, empty installation.
 */
export async function withInstallation<Value>(
  settings: ServerSettings,
  work: (parts: InstallationAccess) => Promise<Value>,
): Promise<Value> {
  const { databaseUrl, dataDir } = settings;
  if (databaseUrl === null && (await findClusterPlace(dataDir)) === null) {
    throw new RefusedCommand(
      `There is no database in ${dataDir}. Check DATA_DIR and DATABASE_URL, or start the server there once.`,
    );
  }
  return withFirstInstallation(settings, work);
}

/** The same, but the installation begins if there is none yet. */
export function withFirstInstallation<Value>(
  settings: ServerSettings,
  work: (parts: InstallationAccess) => Promise<Value>,
): Promise<Value> {
  return withClosers(async (reaching) => {
    const databaseUrl = await reachDatabase(settings, reaching);
    const database = openDatabase(databaseUrl, reaching.log);
    reaching.closers.push(() => database.close());
    const { dataDir, quarantineDays } = settings;
    return work({ db: database.db, databaseUrl, blobs: blobStoreIn(dataDir), dataDir, quarantineDays });
  });
}

/**
 * Does some work on a database and a data folder that no server uses, without migrating. Refuses if
 * one uses the folder.
 */
export function withEmptyTarget<Value>(
  { databaseUrl, dataDir }: ServerSettings,
  work: (target: TargetAccess) => Promise<Value>,
): Promise<Value> {
  return withClosers(async (reaching) => {
    if (!(await takeDataDir(dataDir, reaching))) {
      throw new RefusedCommand(`A server is running with ${dataDir}. Stop it first.`);
    }
    return work({ databaseUrl: databaseUrl ?? (await startEmbedded(dataDir, reaching)), blobs: blobStoreIn(dataDir) });
  });
}

interface Reaching {
  readonly log: Logger;
  readonly closers: Closer[];
}

async function withClosers<Value>(work: (reaching: Reaching) => Promise<Value>): Promise<Value> {
  const log: Logger = createLog('warn', pino.destination({ dest: 2, sync: true }));
  const closers: Closer[] = [];
  try {
    return await work({ log, closers });
  } finally {
    await closeAll(closers);
  }
}

async function reachDatabase(settings: ServerSettings, reaching: Reaching): Promise<string> {
  if (settings.databaseUrl !== null) {
    await migrateDatabase(settings.databaseUrl);
    return settings.databaseUrl;
  }
  // The running server has migrated it.
  if (!(await takeDataDir(settings.dataDir, reaching))) {
    return databaseUrlOf(await findRunningPostgres(settings.dataDir), EMBEDDED_DATABASE);
  }
  const url = await startEmbedded(settings.dataDir, reaching);
  await migrateDatabase(url);
  return url;
}

/** False if a server uses the folder. */
async function takeDataDir(dataDir: string, { closers }: Reaching): Promise<boolean> {
  await makePrivateFolder(dataDir, { groupMayEnter: true });
  const lock = await takeFolder(dataDir);
  if (lock.ok) closers.push(() => lock.release());
  return lock.ok;
}

async function startEmbedded(dataDir: string, { log, closers }: Reaching): Promise<string> {
  const postgres = await startEmbeddedPostgres(dataDir, log);
  closers.push(() => postgres.stop());
  const url = await ensureDatabase(postgres.url, EMBEDDED_DATABASE);
  // Another command may have begun in the meantime, which uses this PostgreSQL.
  closers.push(() =>
    waitForSessions(url, () => log.warn('another command uses the database; waiting until it is done')),
  );
  return url;
}
