import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createDatabase } from '../../support/template-database.ts';
import { startProgram } from './process.ts';

/** A server on which nobody has an account yet. */
export interface NewServer {
  readonly url: string;
  /** As it prints it when it starts. */
  readonly setupLink: string;
  dispose(): Promise<void>;
}

export async function startNewServer(): Promise<NewServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gabinet-e2e-new-server-'));
  // As root, PostgreSQL runs under a separate account, which needs access to this folder.
  await chmod(dataDir, 0o711);
  const { TEST_POSTGRES_URL: postgresUrl } = process.env;
  const database = postgresUrl ? await createDatabase(postgresUrl) : null;
  const environment = {
    DEMO: '0',
    PORT: '0',
    DATA_DIR: dataDir,
    ...(database && { DATABASE_URL: database.url }),
    LOG_LEVEL: 'warn',
  };
  const program = await startProgram('server/start.ts', environment, /^setup: (\S+)$/);
  return {
    url: new URL(program.ready).origin,
    setupLink: program.ready,
    dispose: async () => {
      await program.stop();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
