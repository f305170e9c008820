import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HOUR_MS, SECOND_MS } from '../shared/lib/durations.ts';
import { electronProgram } from './electron-binary.ts';

/** A closed network often hangs instead of failing. */
const STALL_LIMIT_MS = 4 * SECOND_MS;
const LOOK_EVERY_MS = SECOND_MS / 2;
/** After a failure the next starts do not try again for this long. */
const REMEMBER_FAILURE_MS = 6 * HOUR_MS;

export type Fetched = { readonly program: string } | { readonly program: null; readonly reason: string };

/** Where Electron's program is, or comes from. */
export interface ElectronSource {
  /** Its path once it is there. */
  findProgram(): string | null;
  /** Electron's own installer. */
  readonly installer: string;
  /** Where the installer unpacks to; together with its temporary folder the place where progress shows. */
  readonly unpackDir: string;
  /** A download that brings nothing for this long is given up, in milliseconds. */
  readonly stallLimitMs: number;
}

export interface FetchOptions {
  /** Where the download grows and where a failure is remembered. */
  readonly stateDir: string;
  /** Try even if it failed a short while ago. */
  readonly evenIfFailed: boolean;
}

const electronDir = dirname(fileURLToPath(import.meta.resolve('electron/package.json')));
const installedElectron: ElectronSource = {
  findProgram: electronProgram,
  installer: join(electronDir, 'install.js'),
  unpackDir: join(electronDir, 'dist'),
  stallLimitMs: STALL_LIMIT_MS,
};

/** Electron's program: the installed one, or downloaded now by Electron's own installer. Never hangs; never rejects because of the network. */
export async function fetchElectron(options: FetchOptions, source = installedElectron): Promise<Fetched> {
  const present = source.findProgram();
  if (present !== null) return { program: present };
  const failurePath = join(options.stateDir, 'electron-not-fetched');
  const remembered = options.evenIfFailed ? null : await recentFailure(failurePath);
  if (remembered !== null) return { program: null, reason: remembered };
  const reason = await install(source, join(options.stateDir, 'electron-download'));
  const program = source.findProgram();
  if (program !== null) return { program };
  await mkdir(options.stateDir, { recursive: true });
  await writeFile(failurePath, reason ?? 'its installer left no program');
  return { program: null, reason: reason ?? 'its installer left no program' };
}

async function recentFailure(path: string): Promise<string | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || Date.now() - facts.mtimeMs > REMEMBER_FAILURE_MS) return null;
  return `${await readFile(path, 'utf8')}; tried less than six hours ago`;
}

/** Runs the installer with a separate temporary folder, whose growth shows whether bytes still arrive. */
async function install(source: ElectronSource, downloadDir: string): Promise<string | null> {
  await mkdir(downloadDir, { recursive: true });
  const child = spawn(process.execPath, [source.installer], {
    env: { ...process.env, TMPDIR: downloadDir, TEMP: downloadDir, TMP: downloadDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(1));
  });
  const watch = new AbortController();
  const stalled = waitForStall([downloadDir, source.unpackDir], source.stallLimitMs, watch.signal);
  const outcome = await Promise.race([exited, stalled]);
  watch.abort();
  if (outcome === 'stalled') child.kill('SIGKILL');
  await exited;
  await rm(downloadDir, { recursive: true, force: true });
  if (outcome === 'stalled') return `nothing came for ${source.stallLimitMs / SECOND_MS} s`;
  return outcome === 0 ? null : firstLine(errors);
}

async function waitForStall(
  folders: readonly string[],
  limitMs: number,
  signal: AbortSignal,
): Promise<'stalled' | 'watched enough'> {
  let lastBytes = -1;
  let movedAtMs = performance.now();
  while (!signal.aborted) {
    const bytes = await bytesBelow(folders);
    if (bytes !== lastBytes) movedAtMs = performance.now();
    lastBytes = bytes;
    if (performance.now() - movedAtMs > limitMs) return 'stalled';
    await sleep(LOOK_EVERY_MS, null, { ref: false });
  }
  return 'watched enough';
}

async function bytesBelow(folders: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
    }
  }
  return bytes;
}

function firstLine(errors: string): string {
  return (
    errors
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'its installer failed'
  );
}
