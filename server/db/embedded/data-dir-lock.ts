import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

interface Holder {
  readonly pid: number;
  /** When that process started, as the kernel counts; tells it from a later process with the same number. */
  readonly started: string | null;
}

/**
 * Two servers with one embedded database would stop each other's PostgreSQL. Answers the release function.
 * Throws where a living process holds the folder; the lock of a dead one is taken over.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'server.lock');
  for (;;) {
    if (await tryCreate(file)) return () => rm(file, { force: true });
    const holder = await readHolder(file);
    if (holder && isAlive(holder)) {
      throw new Error(`${dataDir} is in use by another server (process ${holder.pid})`);
    }
    await rm(file, { force: true });
  }
}

async function tryCreate(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, started: startOf(process.pid) };
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(JSON.stringify(holder));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    // Gone meanwhile, or cut off by a crash: nobody holds it.
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return holder.started === startOf(process.pid);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.started === null || holder.started === startOf(holder.pid);
}

/** Field 22 of Linux' /proc/PID/stat; null on other systems, where a living number alone must do. */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces.
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
