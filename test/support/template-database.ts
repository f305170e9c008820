import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { databaseUrl } from '../../server/db/migrate.ts';

/** Migrated once; every test database is a copy of it. */
export const TEMPLATE_DATABASE = 'gabinet_template';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Statements on the maintenance database of a PostgreSQL. */
export async function runAdmin(postgresUrl: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A new database, a copy of `template`. */
export async function createDatabase(postgresUrl: string, template = TEMPLATE_DATABASE): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAdmin(postgresUrl, `create database ${name} template ${template}`);
  return {
    url: databaseUrl(postgresUrl, name),
    drop: () => runAdmin(postgresUrl, `drop database if exists ${name} with (force)`),
  };
}
