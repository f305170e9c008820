import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { databaseUrl } from '../../server/db/migrate.ts';
import { TEMPLATE_DATABASE } from './global-setup.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database of its own: tests never see each other's rows. For tests of the project `integration`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAdmin(`create database ${name} template ${TEMPLATE_DATABASE}`);
  return {
    url: databaseUrl(inject('postgresUrl'), name),
    drop: () => runAdmin(`drop database if exists ${name} with (force)`),
  };
}

/** An empty database, not migrated. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAdmin(`create database ${name} template template0`);
  return {
    url: databaseUrl(inject('postgresUrl'), name),
    drop: () => runAdmin(`drop database if exists ${name} with (force)`),
  };
}

export interface DatabaseBackup {
  /** Puts a new database with what was there at the backup in the place of the present one. Servers on it lose their connections. */
  restore(): Promise<void>;
}

/** What `pg_dump` of a database would hold now. Servers on it lose their connections. */
export async function backUpDatabase(url: string): Promise<DatabaseBackup> {
  const name = new URL(url).pathname.slice(1);
  const backup = `backup_${randomUUID().replaceAll('-', '')}`;
  // It can be copied while nobody is connected to it, and servers come back at once.
  await runAdmin(
    `alter database ${name} allow_connections false`,
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${name}'`,
    `create database ${backup} template ${name}`,
    `alter database ${name} allow_connections true`,
  );
  onTestFinished(() => runAdmin(`drop database if exists ${backup} with (force)`));
  return {
    restore: () => runAdmin(`drop database ${name} with (force)`, `create database ${name} template ${backup}`),
  };
}

async function runAdmin(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
