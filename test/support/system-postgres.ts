import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectLines } from '../../node/child-lines.ts';
import { postgresAccount } from '../../server/db/embedded/account.ts';
import { binariesIn } from '../../server/db/embedded/binaries.ts';
import { startCluster } from '../../server/db/embedded/cluster.ts';
import { type ClusterOptions, clusterDirOf, spawnAs } from '../../server/db/embedded/cluster-process.ts';

/**
 * The folder of a PostgreSQL that the system has installed, as Debian does; null if it has none.
 */
export function findSystemPostgres(major: number): string | null {
  const dir = `/usr/lib/postgresql/${major}`;
  return existsSync(binariesIn(dir).initdb) ? dir : null;
}

/** Starts it with a new cluster, without a password, on loopback. The caller stops it. */
export async function startSystemPostgres(rootDir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const account = await postgresAccount();
  const dir = await mkdtemp(join(tmpdir(), 'gabinet-test-system-postgres-'));
  if (account) await chown(dir, account.uid, account.gid);
  const options: ClusterOptions = { binaries: binariesIn(rootDir), account, dir, password: '', onLog: () => undefined };
  await makeCluster(options);
  const cluster = await startCluster(options);
  const stop = async () => {
    await cluster.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { url: `postgresql://postgres@127.0.0.1:${cluster.port}/postgres`, stop };
}

async function makeCluster(options: ClusterOptions): Promise<void> {
  const flags = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--username=postgres', '--no-sync'];
  const child = spawnAs(options, options.binaries.initdb, [`--pgdata=${clusterDirOf(options.dir)}`, ...flags]);
  const lines = collectLines(child, { kept: 20, onLine: () => undefined });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb failed (${code}):\n${lines.join('\n')}`);
}
