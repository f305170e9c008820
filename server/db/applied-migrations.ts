import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Client } from 'pg';
import { z } from 'zod';
import { removeFolder } from '../../node/remove.ts';
import { MIGRATIONS_DIR } from './migrate.ts';

/**
 * The schema of a database: its migrations, by when each was made (ms since 1970), oldest first.
 */
export type SchemaVersion = readonly number[];

const journalSchema = z.looseObject({ entries: z.array(z.looseObject({ when: z.int() })) });
const JOURNAL = join('meta', '_journal.json');

const readJournal = async () => journalSchema.parse(JSON.parse(await readFile(join(MIGRATIONS_DIR, JOURNAL), 'utf8')));

/** The schema that this program migrates to. */
export async function ownSchemaVersion(): Promise<SchemaVersion> {
  return (await readJournal()).entries.map(({ when }) => when);
}

/** The schema of a database; empty if it was never migrated. */
export async function readSchemaVersion(client: Client): Promise<SchemaVersion> {
  const { rows: found } = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as there");
  if (!found[0].there) return [];
  const { rows } = await client.query('select created_at from drizzle.__drizzle_migrations order by created_at');
  return rows.map(({ created_at }) => Number(created_at));
}

/** Whether `older` is `newer`, or an earlier state of it. */
export function isEarlierSchema(older: SchemaVersion, newer: SchemaVersion): boolean {
  return older.length <= newer.length && older.every((when, at) => when === newer[at]);
}

/**
 * Migrates to an earlier schema than that of this program, for rows that come from there. The job
 * queue is not migrated.
 */
export async function migrateToSchema(client: Client, version: SchemaVersion): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'gabinet-migrations-'));
  try {
    await cp(MIGRATIONS_DIR, dir, { recursive: true });
    const journal = await readJournal();
    const entries = journal.entries.slice(0, version.length);
    await writeFile(join(dir, JOURNAL), JSON.stringify({ ...journal, entries }));
    await migrate(drizzle({ client }), { migrationsFolder: dir });
  } finally {
    await removeFolder(dir);
  }
}
