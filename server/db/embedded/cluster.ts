import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import type { PostgresAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';

export const SUPERUSER = 'gabinet';
const LOOPBACK = '127.0.0.1';
/** A port found free may be taken before PostgreSQL binds it. */
const START_ATTEMPTS = 5;
const KEPT_LOG_LINES = 20;
const STOP_LIMIT_MS = 15 * SECOND_MS;
const READY_LINE = 'database system is ready to accept connections';

export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly account: PostgresAccount;
  /** Folder owned by the account; the cluster is `dir/cluster`. */
  readonly dir: string;
  readonly password: string;
  readonly onLog: (line: string) => void;
}

export interface RunningCluster {
  readonly port: number;
  /** Answers when PostgreSQL has ended, which is after all its connections have. */
  stop(): Promise<void>;
}

export const clusterDirOf = (dir: string): string => join(dir, 'cluster');

/** Makes the cluster where there is none. It appears under its name only when complete. */
export async function initialiseCluster(options: ClusterOptions): Promise<void> {
  const clusterDir = clusterDirOf(options.dir);
  if (existsSync(clusterDir)) return;
  const partialDir = `${clusterDir}.partial`;
  const passwordFile = join(options.dir, 'initdb-password');
  await rm(partialDir, { recursive: true, force: true });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (options.account) await chown(passwordFile, options.account.uid, options.account.gid);
  try {
    await runInitdb(options, partialDir, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(partialDir, clusterDir);
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
  const lines = collectLines(child, options.onLog);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed (${code}):\n${lines.join('\n')}`);
}

/** Starts PostgreSQL on a free loopback port and answers when it takes connections. */
export async function startCluster(options: ClusterOptions): Promise<RunningCluster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawnPostgres(options, port);
    const ready = Promise.withResolvers<boolean>();
    const lines = collectLines(child, (line) => {
      if (line.includes(READY_LINE)) ready.resolve(true);
      options.onLog(line);
    });
    child.once('exit', () => ready.resolve(false));
    child.once('error', ready.reject);
    if (await ready.promise) return guard(child, port);
    if (attempt === START_ATTEMPTS) throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`);
  }
}

function spawnPostgres(options: ClusterOptions, port: number): ChildProcess {
  const settings = {
    listen_addresses: LOOPBACK,
    // Password-protected TCP only: a socket path is limited to about 100 bytes, data folders are not.
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '32MB',
    fsync: 'on',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawnAs(options, options.binaries.postgres, ['-D', clusterDirOf(options.dir), '-p', String(port), ...flags]);
}

function spawnAs(options: ClusterOptions, program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    ...options.account,
    // Ours may be a folder that the account must not enter.
    cwd: options.account ? tmpdir() : options.dir,
    // Its own process group: Ctrl+C in a terminal reaches us, and we stop PostgreSQL after the last request.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
  });
}

/** Passes each line on and keeps the last ones for an error message. */
function collectLines(child: ChildProcess, onLog: (line: string) => void): readonly string[] {
  const kept: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      kept.push(line);
      if (kept.length > KEPT_LOG_LINES) kept.shift();
      onLog(line);
    });
  }
  return kept;
}

function guard(child: ChildProcess, port: number): RunningCluster {
  const ended = once(child, 'exit');
  const killNow = () => child.kill('SIGINT');
  // The last resort where the process ends without having called `stop`.
  process.once('exit', killNow);
  const watchdog = startWatchdog(child);
  child.once('exit', () => {
    process.removeListener('exit', killNow);
    watchdog?.kill();
  });
  return { port, stop: () => stopChild(child, ended) };
}

/**
 * Nothing in this process can run when it is killed outright. So a shell holds the other end of a pipe to us;
 * when the pipe closes, it ends PostgreSQL. It is itself ended as soon as PostgreSQL has ended.
 */
function startWatchdog(postgres: ChildProcess): ChildProcess | null {
  if (process.platform === 'win32' || postgres.pid === undefined) return null;
  const script = `read -r _; kill -INT ${postgres.pid}`;
  const watchdog = spawn('/bin/sh', ['-c', script], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
  return watchdog;
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const deadline = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(deadline);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No loopback port to be had');
  return address.port;
}
