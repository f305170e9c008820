import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { SECOND_MS } from '../shared/lib/durations.ts';
import { type App, buildApp } from './app.ts';
import { blobStoreIn } from './blobs/local-blob-store.ts';
import type { Closer } from './closers.ts';
import { advisoryLocks } from './db/advisory-locks.ts';
import { type DatabaseHandle, openDatabase } from './db/database.ts';
import { EMBEDDED_DATABASE, ensureDatabase, migrateDatabase } from './db/migrate.ts';
import { withSessionLock } from './db/session-lock.ts';
import { demoInfo } from './demo/accounts.ts';
import { seedDemo } from './demo/seed.ts';
import { createSetupLink } from './features/accounts/links/setup-link.ts';
import { claimInstallation } from './installation/claim-installation.ts';
import { type JobRunner, startJobs } from './jobs/runner.ts';
import type { ServerSettings } from './settings.ts';

/**
 * Running requests may take this long to finish during a shutdown; then their connections are
 * closed.
 */
const CLOSE_LIMIT_MS = 10 * SECOND_MS;
/** Short compared with what a user notices, long compared with a request. */
const IDLE_SWEEP_MS = 50;

export interface ApiParts {
  readonly settings: ServerSettings;
  readonly log: Logger;
  /** URL of the database, or of the embedded PostgreSQL in which the database is created. */
  readonly postgresUrl: string;
  readonly closers: Closer[];
}

export interface RunningApi {
  /** The URL that it listens on. */
  readonly url: string;
  /** A new link for creating the first administrator; null if there is one, and in the demo. */
  readonly setupUrl: string | null;
}

interface PreparedApi extends App {
  readonly database: DatabaseHandle;
}

/** Migrates the database, seeds the demo, listens, and starts the jobs. */
export async function startApi(parts: ApiParts): Promise<RunningApi> {
  const { settings, log, postgresUrl, closers } = parts;
  const url = settings.databaseUrl ?? (await ensureDatabase(postgresUrl, EMBEDDED_DATABASE));
  // Several first starts on one database follow each other: each finds what the one before has
  // made.
  const { http, context, database } = await withSessionLock(url, advisoryLocks.start, () => prepare(parts, url));
  let jobs: Promise<JobRunner> | null = null;
  closers.push(() => stopJobs(jobs));
  closers.push(() => closeListener(http));
  await http.listen({ port: settings.port, host: settings.host, listenTextResolver: () => 'listening' });
  jobs = startJobs(context, database.pool);
  jobs.catch((error: unknown) => log.error({ err: error }, 'could not start the jobs'));
  const address = addressOf(http, settings.host);
  const setupPath = await createSetupLink(context);
  return { url: address, setupUrl: setupPath && `${settings.publicUrl ?? address}${setupPath}` };
}

async function prepare({ settings, log, closers }: ApiParts, url: string): Promise<PreparedApi> {
  await migrateDatabase(url);
  const database = openDatabase(url, log);
  closers.push(() => database.close());
  await claimInstallation({ db: database.db, blobs: blobStoreIn(settings.dataDir), dataDir: settings.dataDir });
  const demo = settings.isDemo ? demoInfo() : null;
  const app = await buildApp({ ...settings, demo, database, log });
  try {
    if (settings.isDemo) await seedDemo(app.context);
  } catch (error) {
    await app.http.close();
    throw error;
  }
  return { ...app, database };
}

async function stopJobs(jobs: Promise<JobRunner> | null): Promise<void> {
  const runner = await jobs?.catch(() => null);
  await runner?.stop();
}

async function closeListener(http: FastifyInstance): Promise<void> {
  const limit = setTimeout(() => http.server.closeAllConnections(), CLOSE_LIMIT_MS);
  // A client keeps its connection for the next request. One that was busy when the shutdown began
  // is closed once it is idle.
  const sweep = setInterval(() => http.server.closeIdleConnections(), IDLE_SWEEP_MS);
  try {
    await http.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(limit);
  }
}

function addressOf(http: FastifyInstance, host: string): string {
  const { port } = http.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
