import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { writeFileAtomic } from '../../../node/atomic-file.ts';
import { postgresAccount } from './account.ts';
import { startCluster } from './cluster.ts';
import { clusterPlace } from './cluster-place.ts';
import { type ClusterOptions, clusterDirOf, SUPERUSER } from './cluster-process.ts';
import { initializeCluster } from './initialize-cluster.ts';
import { stopOrphan } from './orphan.ts';
import { reachableBinaries } from './reachable-binaries.ts';

const PASSWORD_BYTES = 24;
export const PASSWORD_FILE = 'postgres-password';

export interface EmbeddedPostgres {
  /** Connection URL of its maintenance database. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL below `dataDir`, on a random loopback port with a random password. The caller
 * owns the folder (see `node/folder-lock.ts`): two processes would stop each other's PostgreSQL.
 * Throws if PostgreSQL does not start (with its last log lines).
 */
export async function startEmbeddedPostgres(dataDir: string, log: Logger): Promise<EmbeddedPostgres> {
  const dir = resolve(dataDir);
  const options = await clusterOptions(dir, log);
  const orphan = await stopOrphan(clusterDirOf(options.dir));
  if (orphan !== 'none') log.warn({ orphan }, 'an earlier server did not shut down cleanly');
  await initializeCluster(options);
  const cluster = await startCluster(options);
  return { url: maintenanceUrl(cluster.port, options.password), stop: () => cluster.stop() };
}

/** The maintenance database of an embedded PostgreSQL. */
export const maintenanceUrl = (port: number, password: string): string =>
  `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;

async function clusterOptions(dataDir: string, log: Logger): Promise<ClusterOptions> {
  const account = await postgresAccount();
  const binaries = await reachableBinaries(account);
  const place = await clusterPlace(dataDir, account);
  if (place.isElsewhere) {
    log.info({ dir: place.dir }, 'the database is stored outside DATA_DIR, where the account "postgres" can reach it');
  }
  const password = await readOrMakePassword(dataDir);
  return { account, binaries, dir: place.dir, password, onLog: (line) => log.debug({ postgres: line }, 'postgres') };
}

async function readOrMakePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, PASSWORD_FILE);
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(PASSWORD_BYTES).toString('hex');
  await writeFileAtomic(file, `${password}\n`);
  return password;
}
