import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildIfChanged } from '../../../scripts/build-part.ts';
import { openBridge } from '../../support/shells/loopback-fixture.ts';
import { rawRequest } from '../../support/shells/raw-http.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'main', 'browser-shell.ts');

interface RunningShell {
  readonly child: ChildProcess;
  readonly lines: Interface;
  readonly exited: Promise<unknown[]>;
  errors: string;
}

let userDataDir: string;
let shells: RunningShell[];

beforeAll(() => buildIfChanged('renderer'));
beforeEach(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'gabinet-shell-'));
  shells = [];
});
afterEach(async () => {
  for (const { child, exited } of shells) {
    if (child.exitCode === null) child.kill('SIGKILL');
    await exited;
  }
  await rm(userDataDir, { recursive: true, force: true });
});

function startShell(environment: Record<string, string> = {}): RunningShell {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, GABINET_USER_DATA: userDataDir, GABINET_SERVER_URL: 'http://127.0.0.1:9', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const shell = { child, lines: createInterface({ input: child.stdout }), exited: once(child, 'exit'), errors: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    shell.errors += text;
  });
  shells.push(shell);
  return shell;
}

async function nextLink(shell: RunningShell): Promise<URL> {
  const [line] = (await once(shell.lines, 'line')) as [string];
  return new URL(/^open (.+)$/.exec(line)?.[1] ?? '');
}

async function enter(link: URL): Promise<{ port: number; cookie: string; status: number }> {
  const port = Number(link.port);
  const answer = await rawRequest({ port, path: `${link.pathname}${link.search}` });
  return { port, status: answer.status, cookie: (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' };
}

describe('the browser shell as a process, with the real application', () => {
  test('prints a link, serves the screen and accepts bridge requests', async () => {
    const { port, cookie } = await enter(await nextLink(startShell()));
    const page = await rawRequest({ port, path: '/', headers: { cookie } });
    expect(page.body.toString()).toContain('<title>Gabinet</title>');
    const script = /<script[^>]+src="\.?(\/[^"]+)"/.exec(page.body.toString())?.[1] ?? '';
    expect((await rawRequest({ port, path: script, headers: { cookie } })).status).toBe(200);

    const bridge = await openBridge(`ws://127.0.0.1:${port}/bridge`, { cookie, origin: `http://127.0.0.1:${port}` });
    bridge.send({ id: 1, channel: 'session.get' });
    expect(await bridge.next()).toMatchObject({
      id: 1,
      output: { serverUrl: 'http://127.0.0.1:9', user: null, tokenStorage: 'file' },
    });
    bridge.send({ id: 2, channel: 'library.avatars', input: { projectUuid: 'nonsense' } });
    expect(await bridge.next()).toMatchObject({ type: 'error', id: 2 });
    bridge.socket.close();
  });

  test('prints a new link when Enter is pressed, and signed-on browsers stay signed on', async () => {
    const shell = startShell();
    const first = await nextLink(shell);
    const inside = await enter(first);
    expect((await enter(first)).status).toBe(401);
    const next = nextLink(shell);
    shell.child.stdin?.write('\n');
    expect((await enter(await next)).status).toBe(303);
    expect((await rawRequest({ port: inside.port, path: '/', headers: { cookie: inside.cookie } })).status).toBe(200);
  });

  test('uses the configured port', async () => {
    const free = await nextLink(startShell());
    const port = free.port;
    shells[0]?.child.kill('SIGTERM');
    await shells[0]?.exited;
    expect((await nextLink(startShell({ GABINET_SHELL_PORT: port }))).port).toBe(port);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s and releases its folder', async (signal) => {
    const shell = startShell();
    await nextLink(shell);
    shell.child.kill(signal);
    expect(await shell.exited).toEqual([0, null]);
    expect(await readdir(userDataDir)).not.toContain('in-use-by');
  });

  test('refuses to start while another shell uses its folder', async () => {
    const first = startShell();
    await nextLink(first);
    const second = startShell();
    expect(await second.exited).toEqual([1, null]);
    expect(second.errors).toBe(`${userDataDir} is in use by process ${first.child.pid}. End it first.\n`);
  });

  test('names an invalid setting', async () => {
    const shell = startShell({ GABINET_POLL_MS: 'often' });
    expect(await shell.exited).toEqual([1, null]);
    expect(shell.errors).toContain('GABINET_POLL_MS');
  });
});
