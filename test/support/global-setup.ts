import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { buildIfChanged } from '../../scripts/build-part.ts';
import { startEmbeddedPostgres } from '../../server/db/embedded/embedded-postgres.ts';
import { ensureDatabase, migrateDatabase } from '../../server/db/migrate.ts';
import { runAdmin, TEMPLATE_DATABASE } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the maintenance database of the PostgreSQL of this test run. */
    postgresUrl: string;
  }
}

/** A real PostgreSQL in a new folder, with the template database. The caller stops it. */
export async function startTemplate(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'gabinet-test-postgres-'));
  const postgres = await startEmbeddedPostgres(dir, pino({ level: 'silent' }));
  await forgoDurability(postgres.url);
  await migrateDatabase(await ensureDatabase(postgres.url, TEMPLATE_DATABASE));
  const stop = async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

/** Tests never simulate a power failure of PostgreSQL, so it need not wait for the disk. */
async function forgoDurability(url: string): Promise<void> {
  const off = ['fsync', 'synchronous_commit', 'full_page_writes'].map((name) => `alter system set ${name} = off`);
  await runAdmin(url, ...off, 'select pg_reload_conf()');
}

/**
 * One real PostgreSQL for the whole run: that of `npm test` (`TEST_POSTGRES_URL`), else one for
 * this project. `postgres.ts` gives each test a separate database. Builds the server for the tests
 * that start it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildIfChanged('server');
  const { TEST_POSTGRES_URL: url } = process.env;
  const postgres = url ? { url, stop: () => Promise.resolve() } : await startTemplate();
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
