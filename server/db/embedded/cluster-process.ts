import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { PostgresAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';

export const SUPERUSER = 'gabinet';
/** For an error message about the end of one of its programs. */
export const KEPT_LOG_LINES = 20;

export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly account: PostgresAccount;
  /** A folder owned by the account; the cluster is in `dir/cluster`. */
  readonly dir: string;
  readonly password: string;
  readonly onLog: (line: string) => void;
}

export const clusterDirOf = (dir: string): string => join(dir, 'cluster');

/** Runs one of PostgreSQL's programs as its account. */
export function spawnAs(options: ClusterOptions, program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    ...options.account,
    // The account may not be allowed to enter the working directory of this process.
    cwd: options.account ? tmpdir() : options.dir,
    // Its own process group: Ctrl+C in a terminal reaches only this process, which stops PostgreSQL
    // after the last request.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
  });
}
