import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createDatabase } from '../../support/template-database.ts';

/** Where one server of a test keeps its data. It outlives the server's process. */
export interface ServerPlace {
  /** Settings for the server's process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Removes everything; the process must have ended. */
  dispose(): Promise<void>;
}

/**
 * A data folder, and a database in the PostgreSQL of the run (`TEST_POSTGRES_URL`); without one the
 * server starts its own PostgreSQL in the folder.
 */
export async function newServerPlace(): Promise<ServerPlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gabinet-e2e-server-'));
  // As root, PostgreSQL runs under a separate account, which needs access to this folder.
  await chmod(dataDir, 0o711);
  const { TEST_POSTGRES_URL: postgresUrl } = process.env;
  const database = postgresUrl ? await createDatabase(postgresUrl) : null;
  return {
    environment: { DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...(database && { DATABASE_URL: database.url }) },
    async dispose() {
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
