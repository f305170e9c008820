import type { Logger } from 'pino';
import { shareFolder, takeFolder } from '../node/folder-lock.ts';
import { type Closer, closeAll } from './closers.ts';
import { startEmbeddedPostgres } from './db/embedded/embedded-postgres.ts';
import type { ServerSettings } from './settings.ts';
import type { RunningApi } from './start-api.ts';

export interface RunningServer extends RunningApi {
  /**
   * Shuts down in order: listener and requests, jobs, pool, PostgreSQL. A second call waits for the
   * first.
   */
  close(): Promise<void>;
}

/**
 * Starts everything in order, in a data folder that exists. If a step fails, the earlier steps are undone and the error is
 * rethrown.
 */
export async function runServer(settings: ServerSettings, log: Logger): Promise<RunningServer> {
  const closers: Closer[] = [];
  try {
    await takeDataDir(settings, closers);
    // PostgreSQL starts while the code that needs it is loaded; each takes about a second.
    const loading = import('./start-api.ts');
    const [postgresUrl, { startApi }] = await Promise.all([startDatabase(settings, log, closers), loading]);
    const api = await startApi({ settings, log, postgresUrl, closers });
    let closing: Promise<void> | null = null;
    const close = () => {
      closing ??= closeAll(closers);
      return closing;
    };
    return { ...api, close };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

/**
 * With the embedded PostgreSQL a folder has one server. Servers with one `DATABASE_URL` share
 * theirs, but not with an embedded PostgreSQL.
 */
async function takeDataDir({ dataDir, databaseUrl }: ServerSettings, closers: Closer[]): Promise<void> {
  const lock = databaseUrl === null ? await takeFolder(dataDir) : await shareFolder(dataDir);
  if (!lock.ok) {
    const owner = lock.ownerProcessId === null ? '' : ` (process ${lock.ownerProcessId})`;
    throw new Error(`${dataDir} is in use by another server or by a command of gabinet-server${owner}`);
  }
  closers.push(() => lock.release());
}

async function startDatabase(settings: ServerSettings, log: Logger, closers: Closer[]): Promise<string> {
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const postgres = await startEmbeddedPostgres(settings.dataDir, log);
  closers.push(() => postgres.stop());
  return postgres.url;
}
