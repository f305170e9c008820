import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../server/db/embedded/embedded-postgres.ts';
import { ensureDatabase, migrateDatabase } from '../../server/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the maintenance database of the PostgreSQL of this test run. */
    postgresUrl: string;
  }
}

/** Migrated once; every test database is a copy of it. */
export const TEMPLATE_DATABASE = 'gabinet_template';

/** A real PostgreSQL in a folder of its own, with the template in it. Who starts it stops it. */
export async function startTemplate(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'gabinet-test-postgres-'));
  const postgres = await startEmbeddedPostgres(dir, pino({ level: 'silent' }));
  await migrateDatabase(await ensureDatabase(postgres.url, TEMPLATE_DATABASE));
  const stop = async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

/** One real PostgreSQL for the whole run. Tests get databases of their own from `postgres.ts`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTemplate();
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
