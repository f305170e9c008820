import type { ChildProcess } from 'node:child_process';
import { collectLines } from '../../../node/child-lines.ts';
import { freePort } from '../../../node/free-port.ts';
import { type ClusterOptions, clusterDirOf, KEPT_LOG_LINES, spawnAs } from './cluster-process.ts';
import { guardChild } from './guard-child.ts';

const LOOPBACK = '127.0.0.1';
/** A free port may be taken before PostgreSQL binds it. */
const START_ATTEMPTS = 5;
const READY_LINE = 'database system is ready to accept connections';

export interface RunningCluster {
  readonly port: number;
  /** Resolves when PostgreSQL and all its connections have ended. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL on a free loopback port. Resolves when it accepts connections. */
export async function startCluster(options: ClusterOptions): Promise<RunningCluster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawnPostgres(options, port);
    const stop = guardChild(child);
    const ready = Promise.withResolvers<boolean>();
    const onLine = (line: string) => {
      if (line.includes(READY_LINE)) ready.resolve(true);
      options.onLog(line);
    };
    const lines = collectLines(child, { kept: KEPT_LOG_LINES, onLine });
    child.once('exit', () => ready.resolve(false));
    child.once('error', ready.reject);
    if (await ready.promise) return { port, stop };
    if (attempt === START_ATTEMPTS) throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`);
  }
}

function spawnPostgres(options: ClusterOptions, port: number): ChildProcess {
  const settings = {
    listen_addresses: LOOPBACK,
    // TCP with a password only: a socket path is limited to about 100 bytes, a data folder's path
    // is not.
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '32MB',
    fsync: 'on',
    // The details of an error quote values, and its statement may: both end up in the server's log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawnAs(options, options.binaries.postgres, ['-D', clusterDirOf(options.dir), '-p', String(port), ...flags]);
}
