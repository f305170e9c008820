import { open, readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { SECOND_MS } from '../shared/lib/durations.ts';

const FILE_NAME = 'in-use-by';

export type FolderLock =
  | { readonly ok: true; release(): Promise<void> }
  | { readonly ok: false; readonly ownerProcessId: number };

/**
 * One local database has one owner. Takes a folder for this process, or says which running process has it. A lock that a
 * crash or a restart of the machine left behind is taken over.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, FILE_NAME);
  if (!(await createLockFile(path))) {
    const owner = await livingOwner(path);
    if (owner !== null) return { ok: false, ownerProcessId: owner };
    await rm(path, { force: true });
    if (!(await createLockFile(path))) return lockFolder(folder);
  }
  return { ok: true, release: () => rm(path, { force: true }) };
}

async function createLockFile(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(String(process.pid));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function livingOwner(path: string): Promise<number | null> {
  try {
    const owner = Number(await readFile(path, 'utf8'));
    const startedAtMs = Date.now() - uptime() * SECOND_MS;
    const isFromThisBoot = (await stat(path)).mtimeMs >= startedAtMs;
    return isFromThisBoot && owner !== process.pid && isAlive(owner) ? owner : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, hence alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
