import { randomUUID } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { migrationsDir } from './local-database.ts';
import { tempFolder } from './temp-folder.ts';

/** The migrations of a program that knew only the first `count` of them. */
async function earlierMigrations(count: number): Promise<string> {
  const folder = join(await tempFolder(), 'migrations');
  await cp(migrationsDir, folder, { recursive: true });
  const path = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: unknown[] };
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

/** Creates the library file of an older program and lets `fill` insert rows as that program did. */
export async function makeOlderLibrary(
  path: string,
  migrationCount: number,
  fill: (connection: Database.Database) => void,
): Promise<void> {
  const connection = new Database(path);
  migrate(drizzle(connection), { migrationsFolder: await earlierMigrations(migrationCount) });
  fill(connection);
  connection.close();
}

/** Inserts one row; objects and lists become JSON. Columns are named as in the older schema. */
export function insertRow(connection: Database.Database, table: string, row: Readonly<Record<string, unknown>>): void {
  const columns = Object.keys(row);
  const values = Object.values(row).map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  );
  const places = columns.map(() => '?').join(', ');
  connection
    .prepare(`insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) values (${places})`)
    .run(...values);
}

/** A row of `avatars` as it was before that table was called `versions`. */
export function olderVersion(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    uuid: randomUUID(),
    project_uuid: randomUUID(),
    lineage_uuid: randomUUID(),
    version: 1,
    name: 'Mara',
    tags: ['formal'],
    description: 'The first one',
    file_name: 'mara.gab',
    size_bytes: 1000,
    sha256: 'a'.repeat(64),
    container: 'gab',
    verdict: 'valid',
    activatable: 1,
    issues: [],
    created_at: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}
