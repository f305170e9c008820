import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type LocalDatabase, openLocalDatabase } from '../../main/db/local-database.ts';
import { tempFolder } from './temp-folder.ts';

export const migrationsDir = fileURLToPath(new URL('../../main/db/migrations', import.meta.url));

/** A real SQLite file of this test's own. */
export async function tempDatabase(): Promise<LocalDatabase> {
  const path = join(await tempFolder(), 'library.db');
  const database = openLocalDatabase({ path, migrationsDir, onQuarantine: () => undefined });
  onTestFinished(() => database.close());
  return database;
}
