import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { writeFileAtomic } from '../../../node/atomic-file.ts';
import { OWNER_NAME, removeAbandonedClusters } from './abandoned-clusters.ts';
import type { PostgresAccount } from './account.ts';
import { canReach } from './reach.ts';
import { makeSharedDir, SHARED_DIR } from './shared-dir.ts';

const NOTE_NAME = 'postgres-place.txt';
const GROUP_MAY_ENTER = 0o010;
const PERMISSION_BITS = 0o7777;

export interface ClusterPlace {
  /** The folder of the cluster, owned by PostgreSQL's account. */
  readonly dir: string;
  /**
   * True if the folder is not below the server's own data folder, because the account cannot reach
   * that.
   */
  readonly isElsewhere: boolean;
}

/**
 * `DATA_DIR/postgres`, or a separate folder that a note in `DATA_DIR` names if the account cannot
 * reach `DATA_DIR`.
 */
export async function clusterPlace(dataDir: string, account: PostgresAccount): Promise<ClusterPlace> {
  const own = join(dataDir, 'postgres');
  const note = join(dataDir, NOTE_NAME);
  if (!existsSync(own) && existsSync(note)) return claim((await readFile(note, 'utf8')).trim(), account, true);
  await letIn(account, dataDir);
  if (existsSync(own) || (await canReach(account, dataDir))) return claim(own, account, false);
  return claim(await chooseElsewhere(dataDir, note), account, true);
}

/** Where the cluster of this data folder is, without changing anything; null if there is none. */
export async function findClusterPlace(dataDir: string): Promise<string | null> {
  const own = join(dataDir, 'postgres');
  if (existsSync(own)) return own;
  const note = join(dataDir, NOTE_NAME);
  return existsSync(note) ? (await readFile(note, 'utf8')).trim() : null;
}

/**
 * Opens a data folder that only this process may enter to PostgreSQL's group, and to nobody else.
 * Its parents are not ours to change.
 */
async function letIn(account: PostgresAccount, dataDir: string): Promise<void> {
  if (!account || (await canReach(account, dataDir)) || !(await canReach(account, dirname(dataDir)))) return;
  const { uid, mode } = await stat(dataDir);
  if (uid !== process.getuid?.()) return;
  await chown(dataDir, uid, account.gid);
  await chmod(dataDir, (mode & PERMISSION_BITS) | GROUP_MAY_ENTER);
}

async function chooseElsewhere(dataDir: string, note: string): Promise<string> {
  await makeSharedDir();
  await removeAbandonedClusters(SHARED_DIR);
  const elsewhere = join(SHARED_DIR, `cluster-${randomUUID()}`);
  await mkdir(elsewhere, { mode: 0o700 });
  await writeFile(join(elsewhere, OWNER_NAME), `${dataDir}\n`);
  await writeFileAtomic(note, `${elsewhere}\n`);
  return elsewhere;
}

async function claim(dir: string, account: PostgresAccount, isElsewhere: boolean): Promise<ClusterPlace> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (account) await chown(dir, account.uid, account.gid);
  return { dir, isElsewhere };
}
