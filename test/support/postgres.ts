import { randomUUID } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { createDatabase, runAdmin, type TestDatabase } from './template-database.ts';

/**
 * Creates a new, migrated database, so that tests never see each other's rows. For tests of the
 * project `integration`.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'));
}

/** An empty database, not migrated. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'), 'template0');
}

export interface DatabaseBackup {
  /** Replaces the database with the backup. Servers that use it lose their connections. */
  restore(): Promise<void>;
}

/** Backs up a database, like `pg_dump`. Servers that use it lose their connections. */
export async function backUpDatabase(url: string): Promise<DatabaseBackup> {
  const name = new URL(url).pathname.slice(1);
  const backup = `backup_${randomUUID().replaceAll('-', '')}`;
  // A database can only be copied while nobody is connected to it, and servers reconnect at once.
  await runAdmin(
    inject('postgresUrl'),
    `alter database ${name} allow_connections false`,
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${name}'`,
    `create database ${backup} template ${name}`,
    `alter database ${name} allow_connections true`,
  );
  onTestFinished(() => runAdmin(inject('postgresUrl'), `drop database if exists ${backup} with (force)`));
  return {
    restore: () =>
      runAdmin(
        inject('postgresUrl'),
        `drop database ${name} with (force)`,
        `create database ${name} template ${backup}`,
      ),
  };
}
