import { mkdir } from 'node:fs/promises';
import { type Logger, pino } from 'pino';
import { takeFolder } from '../../node/folder-lock.ts';
import { blobStoreIn } from '../blobs/local-blob-store.ts';
import { type Closer, closeAll } from '../closers.ts';
import { openDatabase } from '../db/database.ts';
import { startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts';
import { findRunningPostgres } from '../db/embedded/running-cluster.ts';
import { databaseUrl as databaseUrlOf, EMBEDDED_DATABASE, ensureDatabase, migrateDatabase } from '../db/migrate.ts';
import type { ServerSettings } from '../settings.ts';
import type { InstallationAccess } from './command-context.ts';

/**
 * Does some work on the database and the files of the installation, whether its server runs or not. With the
 * embedded PostgreSQL it uses that of the running server, or starts it and stops it again.
 */
export async function withInstallation<Value>(
  settings: ServerSettings,
  work: (parts: InstallationAccess) => Promise<Value>,
): Promise<Value> {
  const log: Logger = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const closers: Closer[] = [];
  try {
    const databaseUrl = await reachDatabase(settings, { log, closers });
    const database = openDatabase(databaseUrl, log);
    closers.push(() => database.close());
    const { dataDir, quarantineDays } = settings;
    return await work({ db: database.db, databaseUrl, blobs: blobStoreIn(dataDir), dataDir, quarantineDays });
  } finally {
    await closeAll(closers);
  }
}

interface Reaching {
  readonly log: Logger;
  readonly closers: Closer[];
}

async function reachDatabase(settings: ServerSettings, { log, closers }: Reaching): Promise<string> {
  if (settings.databaseUrl !== null) {
    await migrateDatabase(settings.databaseUrl);
    return settings.databaseUrl;
  }
  await mkdir(settings.dataDir, { recursive: true });
  const lock = await takeFolder(settings.dataDir);
  // The running server has migrated it.
  if (!lock.ok) return databaseUrlOf(await findRunningPostgres(settings.dataDir), EMBEDDED_DATABASE);
  closers.push(() => lock.release());
  const postgres = await startEmbeddedPostgres(settings.dataDir, log);
  closers.push(() => postgres.stop());
  const url = await ensureDatabase(postgres.url, EMBEDDED_DATABASE);
  await migrateDatabase(url);
  return url;
}
