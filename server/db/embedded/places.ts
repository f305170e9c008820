import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresAccount } from './account.ts';
import { binariesIn, makeMissingSymlinks, type PostgresBinaries, platformPackageDir } from './binaries.ts';
import { canReach } from './reach.ts';

/** Where things go that PostgreSQL's account could not reach in their own place, such as below root's 0700 home. */
const SHARED_DIR = '/var/lib/gabinet';

/** The programs, in place or (once per version) copied to where the account can read them. */
export async function reachableBinaries(account: PostgresAccount): Promise<PostgresBinaries> {
  const packageDir = platformPackageDir();
  await makeMissingSymlinks(packageDir);
  const nativeDir = join(packageDir, 'native');
  if (await canReach(account, join(nativeDir, 'bin'))) return binariesIn(nativeDir);
  const copyDir = join(SHARED_DIR, `postgresql-${await packageVersion(packageDir)}`);
  if (!existsSync(copyDir)) await copyWhole(nativeDir, copyDir);
  return binariesIn(copyDir);
}

async function packageVersion(packageDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** Copies beside and renames, so that nobody starts half a copy. */
async function copyWhole(from: string, to: string): Promise<void> {
  const partial = `${to}.${randomUUID()}`;
  await makeSharedDir();
  await cp(from, partial, { recursive: true, verbatimSymlinks: true });
  await chmod(partial, 0o755);
  try {
    await rename(partial, to);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

export interface ClusterPlace {
  /** Folder that holds the cluster; owned by PostgreSQL's account. */
  readonly dir: string;
  /** True where it could not stand below the server's own data folder. */
  readonly isElsewhere: boolean;
}

/** `DATA_DIR/postgres`; or, where the account cannot get there, a folder of its own that `DATA_DIR` names. */
export async function clusterPlace(dataDir: string, account: PostgresAccount): Promise<ClusterPlace> {
  const noteFile = join(dataDir, 'postgres-place.txt');
  const own = join(dataDir, 'postgres');
  if (existsSync(own)) return claim({ dir: own, isElsewhere: false }, account);
  if (existsSync(noteFile)) {
    return claim({ dir: (await readFile(noteFile, 'utf8')).trim(), isElsewhere: true }, account);
  }
  if (await canReach(account, dataDir)) return claim({ dir: own, isElsewhere: false }, account);
  const elsewhere = join(SHARED_DIR, `cluster-${randomUUID()}`);
  await makeSharedDir();
  await writeFile(noteFile, `${elsewhere}\n`);
  return claim({ dir: elsewhere, isElsewhere: true }, account);
}

async function makeSharedDir(): Promise<void> {
  await mkdir(SHARED_DIR, { recursive: true, mode: 0o755 });
}

async function claim(place: ClusterPlace, account: PostgresAccount): Promise<ClusterPlace> {
  await mkdir(place.dir, { recursive: true, mode: 0o700 });
  if (account) await chown(place.dir, account.uid, account.gid);
  return place;
}
