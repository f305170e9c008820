import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { SECOND_MS } from '../../../shared/lib/durations.ts';

const STOP_LIMIT_MS = 15 * SECOND_MS;

/**
 * Makes sure that PostgreSQL never outlives this process, however that ends. Returns the function
 * that stops PostgreSQL in order.
 */
export function guardChild(child: ChildProcess): () => Promise<void> {
  const ended = once(child, 'exit');
  const killNow = () => child.kill('SIGINT');
  // The last resort if the process ends without having called `stop`.
  process.once('exit', killNow);
  const watchdog = startWatchdog(child);
  child.once('exit', () => {
    process.removeListener('exit', killNow);
    watchdog?.kill();
  });
  return () => stopChild(child, ended);
}

/**
 * If this process is killed outright, none of its code runs. So a shell holds the other end of a
 * pipe to it; when the pipe closes, the shell stops PostgreSQL. The shell itself ends as soon as
 * PostgreSQL has ended.
 */
function startWatchdog(postgres: ChildProcess): ChildProcess | null {
  if (process.platform === 'win32' || postgres.pid === undefined) return null;
  const script = `read -r _; kill -INT ${postgres.pid}`;
  const watchdog = spawn('/bin/sh', ['-c', script], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
  return watchdog;
}

/** Fast shutdown: open transactions are rolled back; everything committed is on disk. */
async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const deadline = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(deadline);
}
