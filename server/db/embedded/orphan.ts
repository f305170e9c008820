import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { probeProcess, processArguments } from '../../../node/process-probe.ts';
import { removeFile } from '../../../node/remove.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';

/** A fast shutdown of a small idle cluster takes a fraction of this. */
const SHUTDOWN_LIMIT_MS = 20 * SECOND_MS;
const POLL_MS = 20;

/**
 * Cleanly stops a PostgreSQL on `clusterDir` that a killed server left running. A pid file is
 * removed if its process is gone or is not a PostgreSQL of this folder, because PostgreSQL would
 * refuse to start if another process has that id by now.
 */
export async function stopOrphan(clusterDir: string): Promise<'none' | 'stopped' | 'stale-file'> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === null) return 'none';
  if (!(await isPostgresOf(pid, clusterDir))) {
    await removeFile(pidFile);
    return 'stale-file';
  }
  process.kill(pid, 'SIGINT');
  await waitForEnd(pid);
  return 'stopped';
}

async function readPid(pidFile: string): Promise<number | null> {
  try {
    const pid = Number.parseInt(await readFile(pidFile, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

async function isPostgresOf(pid: number, clusterDir: string): Promise<boolean> {
  if (probeProcess(pid) !== 'running') return false;
  if (process.platform !== 'linux') return true;
  return (await processArguments(pid)).includes(clusterDir);
}

async function waitForEnd(pid: number): Promise<void> {
  const deadlineMs = performance.now() + SHUTDOWN_LIMIT_MS;
  while (probeProcess(pid) === 'running') {
    if (performance.now() > deadlineMs) process.kill(pid, 'SIGQUIT');
    await delay(POLL_MS);
  }
}
