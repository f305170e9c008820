import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LocalDatabase, openLocalDatabase } from '../../main/db/local-database.ts';
import { migrationsDir } from './local-database-path.ts';
import { tempFolder } from './temp-folder.ts';

export { migrationsDir };

/** A real SQLite file of this test's own. */
export async function tempDatabase(): Promise<LocalDatabase> {
  const path = join(await tempFolder(), 'library.db');
  const database = openLocalDatabase({ path, migrationsDir, onQuarantine: () => undefined });
  onTestFinished(() => database.close());
  return database;
}
