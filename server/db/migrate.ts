import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { runMigrations } from 'graphile-worker';
import type { Client } from 'pg';
import { projectFolder } from '../../node/project-folder.ts';
import { advisoryLocks } from './advisory-locks.ts';
import { refuseVersion } from './postgres-version.ts';
import { withSessionLock } from './session-lock.ts';

/** The database of the server in the embedded PostgreSQL. */
export const EMBEDDED_DATABASE = 'gabinet';
export const MIGRATIONS_DIR = join(projectFolder(import.meta.dirname), 'server', 'db', 'migrations');

/**
 * Migrates the tables of the server and of its job queue. Throws if PostgreSQL is too old. Several
 * processes may call it at once: the others wait for the advisory lock and then find nothing to do.
 */
export function migrateDatabase(url: string): Promise<void> {
  return withSessionLock(url, advisoryLocks.migrations, async (client) => {
    await checkVersion(client);
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS_DIR });
    await runMigrations({ connectionString: url });
  });
}

async function checkVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const refusal = refuseVersion(Number(rows[0]?.server_version_num));
  if (refusal !== null) throw new Error(refusal);
}

/**
 * Creates the database `name` on the server that `url` names, unless it exists. Returns its URL.
 */
export async function ensureDatabase(url: string, name: string): Promise<string> {
  await withSessionLock(url, advisoryLocks.start, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
  return databaseUrl(url, name);
}

export function databaseUrl(url: string, name: string): string {
  const result = new URL(url);
  result.pathname = `/${name}`;
  return result.href;
}
