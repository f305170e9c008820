import { readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { SECOND_MS } from '../shared/lib/durations.ts';
import { ifMissing } from './error-code.ts';
import { createFile } from './open-file.ts';
import { probeProcess, processStart } from './process-probe.ts';

export type FileLock =
  | { readonly ok: true; release(): Promise<void> }
  | { readonly ok: false; readonly ownerProcessId: number };

interface Owner {
  readonly pid: number;
  /** See `processStart`. */
  readonly started: string | null;
}

/**
 * Takes a lock that one process holds at a time, or says which running process holds it. A lock
 * that a crash or a restart of the machine left behind is taken over. The folder must exist.
 * Rejects with the system's error if it cannot be written to.
 */
export async function takeLockFile(path: string): Promise<FileLock> {
  const self: Owner = { pid: process.pid, started: processStart(process.pid) };
  while (!(await createFile(path, JSON.stringify(self)))) {
    const owner = await readOwner(path);
    if (owner !== null && (await isHeldBy(owner, path))) return { ok: false, ownerProcessId: owner.pid };
    await rm(path, { force: true });
  }
  return { ok: true, release: () => rm(path, { force: true }) };
}

/** The process that holds the lock, or null if none does. */
export async function findLockOwner(path: string): Promise<number | null> {
  const owner = await readOwner(path);
  return owner !== null && (await isHeldBy(owner, path)) ? owner.pid : null;
}

/**
 * Null if the lock was released in the meantime or is not complete: a crash cut it off, so nobody
 * holds it.
 */
async function readOwner(path: string): Promise<Owner | null> {
  const text = await readFile(path, 'utf8').catch(ifMissing(''));
  try {
    const owner = JSON.parse(text) as Owner | number;
    // Earlier versions wrote the number alone.
    return typeof owner === 'number' ? { pid: owner, started: null } : owner;
  } catch {
    return null;
  }
}

async function isHeldBy({ pid, started }: Owner, path: string): Promise<boolean> {
  if (probeProcess(pid) === 'gone') return false;
  if (started !== null || pid === process.pid) return started === processStart(pid);
  return isFromThisBoot(path);
}

async function isFromThisBoot(path: string): Promise<boolean> {
  const bootedAtMs = Date.now() - uptime() * SECOND_MS;
  const facts = await stat(path).catch(ifMissing(null));
  return facts !== null && facts.mtimeMs >= bootedAtMs;
}
