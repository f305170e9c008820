import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder } from '../../../node/remove.ts';
import { renameFile } from '../../../node/rename.ts';
import type { PostgresAccount } from './account.ts';
import { binariesIn, makeMissingSymlinks, type PostgresBinaries, platformPackageDir } from './binaries.ts';
import { canReach } from './reach.ts';
import { makeSharedDir, SHARED_DIR } from './shared-dir.ts';

/** The programs: in place, or copied, once per version, to where the account can read them. */
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

/** Copies to a temporary name and renames, so that nobody starts an incomplete copy. */
async function copyWhole(from: string, to: string): Promise<void> {
  const partial = `${to}.${randomUUID()}`;
  await makeSharedDir();
  await cp(from, partial, { recursive: true, verbatimSymlinks: true });
  await chmod(partial, 0o755);
  try {
    await renameFile(partial, to);
  } catch (error) {
    await removeFolder(partial);
    if (!existsSync(to)) throw error;
  }
}
