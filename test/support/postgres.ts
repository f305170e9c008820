import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
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

async function runAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
