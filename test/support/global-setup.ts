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

/** One real PostgreSQL for the whole run, in a folder of its own. Tests get databases of their own from `postgres.ts`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'gabinet-test-postgres-'));
  const postgres = await startEmbeddedPostgres(dir, pino({ level: 'silent' }));
  await migrateDatabase(await ensureDatabase(postgres.url, TEMPLATE_DATABASE));
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
