import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { SECOND_MS } from '../shared/lib/durations.ts';
import { buildApp } from './app.ts';
import { type DatabaseHandle, openDatabase } from './db/database.ts';
import { startEmbeddedPostgres } from './db/embedded/embedded-postgres.ts';
import { ensureDatabase, migrateDatabase } from './db/migrate.ts';
import { demoInfo } from './demo/accounts.ts';
import { seedDemo } from './demo/seed.ts';
import { type JobRunner, startJobs } from './jobs/runner.ts';
import type { Settings } from './settings.ts';

const EMBEDDED_DATABASE = 'gabinet';
/** Running requests get so long to finish once the end was asked for; then their connections are cut. */
const CLOSE_LIMIT_MS = 10 * SECOND_MS;

export interface RunningServer {
  readonly url: string;
  /** Ends everything in order: listener, requests, jobs, pool, PostgreSQL. A second call waits for the first. */
  close(): Promise<void>;
}

type Closer = () => Promise<unknown>;

/** Starts everything in order. Where a step fails, the steps before it are undone, and the error is thrown on. */
export async function runServer(settings: Settings, log: Logger): Promise<RunningServer> {
  const closers: Closer[] = [];
  try {
    const http = await startAll(settings, log, closers);
    let closing: Promise<void> | null = null;
    const close = () => {
      closing ??= closeAll(closers);
      return closing;
    };
    return { url: urlOf(http, settings.host), close };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function startAll(settings: Settings, log: Logger, closers: Closer[]): Promise<FastifyInstance> {
  await mkdir(settings.dataDir, { recursive: true });
  const database = await startDatabase(settings, log, closers);
  const demo = settings.isDemo ? demoInfo() : null;
  const { http, context } = await buildApp({ ...settings, demo, database, log });
  let jobs: Promise<JobRunner> | null = null;
  closers.push(() => stopJobs(jobs));
  closers.push(() => closeListener(http));
  if (settings.isDemo) await seedDemo(context);
  await http.listen({ port: settings.port, host: settings.host });
  jobs = startJobs(context, database.pool);
  jobs.catch((error: unknown) => log.error({ err: error }, 'jobs could not start'));
  return http;
}

async function startDatabase(settings: Settings, log: Logger, closers: Closer[]): Promise<DatabaseHandle> {
  let url = settings.databaseUrl;
  if (url === null) {
    const postgres = await startEmbeddedPostgres(settings.dataDir, log);
    closers.push(() => postgres.stop());
    url = await ensureDatabase(postgres.url, EMBEDDED_DATABASE);
  }
  await migrateDatabase(url);
  const database = openDatabase(url, log);
  closers.push(() => database.close());
  return database;
}

async function stopJobs(jobs: Promise<JobRunner> | null): Promise<void> {
  const runner = await jobs?.catch(() => null);
  await runner?.stop();
}

async function closeListener(http: FastifyInstance): Promise<void> {
  const limit = setTimeout(() => http.server.closeAllConnections(), CLOSE_LIMIT_MS);
  await http.close();
  clearTimeout(limit);
}

/** Last opened, first closed. One that fails must not keep the others open: above all not PostgreSQL. */
async function closeAll(closers: Closer[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Not everything ended cleanly');
}

function urlOf(http: FastifyInstance, host: string): string {
  const { port } = http.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
