import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { probeProcess } from '../../../node/process-probe.ts';
import { stateDirMode } from '../../../scripts/start-plans.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'scripts', 'start.ts');
/** A first start creates and fills a database, which is slow on a busy machine. */
const READY_LIMIT_MS = 60_000;
const POLL = { timeout: 30_000, interval: 100 };

let stateDir: string;
let child: ChildProcess;
let lines: string[];
let exited: Promise<unknown[]>;

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'gabinet-start-'));
  // Like the folder that npm start creates: PostgreSQL's account must be able to traverse it.
  await chmod(stateDir, stateDirMode);
});
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
  await exited;
  // A stopped server still writes its compile cache after its last port is closed.
  await rm(stateDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function start(...args: string[]): void {
  child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, GABINET_STATE_DIR: stateDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  lines = [];
  exited = once(child, 'exit');
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
}

async function addresses(): Promise<{ api: URL; shell: URL }> {
  const found = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find((match) => match !== undefined);
  for (const pattern of [/: (http:\S+token=\S+)/, /workspace: (http:\S+)/]) {
    await expect.poll(() => found(pattern), { timeout: READY_LIMIT_MS }).toBeDefined();
  }
  return { api: new URL(found(/workspace: (http:\S+)/) ?? ''), shell: new URL(found(/: (http:\S+token=\S+)/) ?? '') };
}

function isOpen(port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(Number(port), '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}

/** The first line of the embedded PostgreSQL's lock file is its process ID. */
async function postgresIsGone(): Promise<boolean> {
  const names = await readdir(join(stateDir, 'server'), { recursive: true }).catch(() => []);
  const lock = names.find((name) => name.endsWith('postmaster.pid'));
  if (lock === undefined) return true;
  const id = Number((await readFile(join(stateDir, 'server', lock), 'utf8').catch(() => '')).split('\n')[0]);
  return probeProcess(id) !== 'running';
}

async function expectAllGone({ api, shell }: { api: URL; shell: URL }): Promise<void> {
  await expect.poll(() => isOpen(api.port), POLL).toBe(false);
  await expect.poll(() => isOpen(shell.port), POLL).toBe(false);
  await expect.poll(postgresIsGone, POLL).toBe(true);
}

describe('npm start', () => {
  test('starts shell, server and PostgreSQL, and Ctrl+C stops all of them', async () => {
    start('--shell=browser', '--no-open');
    const found = await addresses();
    expect((await fetch(found.shell, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(new URL('/api/openapi.json', found.api))).status).toBe(200);
    child.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
    expect(lines).toContain('Ending Gabinet ...');
    await expectAllGone(found);
  });

  test.skipIf(process.platform === 'win32')('leaves no processes behind when it is killed', async () => {
    start('--shell=browser', '--no-open');
    const found = await addresses();
    child.kill('SIGKILL');
    await exited;
    await expectAllGone(found);
  });

  test.skipIf(process.platform === 'win32')('reports it and stops when the shell or the server dies', async () => {
    start('--shell=browser', '--no-open');
    const found = await addresses();
    const owner = JSON.parse(await readFile(join(stateDir, 'desktop-browser', 'in-use-by'), 'utf8')) as { pid: number };
    process.kill(owner.pid, 'SIGKILL');
    expect(await exited, lines.join('\n')).toEqual([1, null]);
    expect(lines.join('\n')).toContain('The browser shell ended unexpectedly (SIGKILL)');
    await expectAllGone(found);
  });

  test('explains invalid options', async () => {
    start('--shell=mosaic');
    expect(await exited).toEqual([2, null]);
    await expect.poll(() => lines.join()).toContain('Usage: npm start');
  });
});
