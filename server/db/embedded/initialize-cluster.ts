import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renameDurably } from '../../../node/atomic-file.ts';
import { collectLines } from '../../../node/child-lines.ts';
import { removeFile, removeFolder } from '../../../node/remove.ts';
import { type ClusterOptions, clusterDirOf, KEPT_LOG_LINES, SUPERUSER, spawnAs } from './cluster-process.ts';

/** Creates the cluster unless it exists. It gets its final name only when it is complete. */
export async function initializeCluster(options: ClusterOptions): Promise<void> {
  const clusterDir = clusterDirOf(options.dir);
  if (existsSync(clusterDir)) return;
  const partialDir = `${clusterDir}.partial`;
  const passwordFile = join(options.dir, 'initdb-password');
  await removeFolder(partialDir);
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (options.account) await chown(passwordFile, options.account.uid, options.account.gid);
  try {
    await runInitdb(options, partialDir, passwordFile);
  } finally {
    await removeFile(passwordFile);
  }
  await renameDurably(partialDir, clusterDir);
}

async function runInitdb(options: ClusterOptions, dir: string, passwordFile: string): Promise<void> {
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const child = spawnAs(options, options.binaries.initdb, [
    `--pgdata=${dir}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--locale=C',
    '--no-instructions',
    ...flags,
  ]);
  const lines = collectLines(child, { kept: KEPT_LOG_LINES, onLine: options.onLog });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed (${code}):\n${lines.join('\n')}`);
}
