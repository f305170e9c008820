import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { probeProcess } from '../../../node/process-probe.ts';
import { openDatabase } from '../../../server/db/database.ts';
import { serverInfoSchema } from '../../../shared/api/server-info.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { ApiClient, problemOf } from '../../support/api-client.ts';
import { askHost } from '../../support/ask-host.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { runServerToEnd, type SpawnedServer, spawnServer } from '../../support/spawn-server.ts';
import { addPerson } from '../../support/world.ts';

// The real server process with its embedded PostgreSQL.

let parentDir: string;
let dataDir: string;
const running: SpawnedServer[] = [];

beforeEach(async () => {
  parentDir = await mkdtemp(join(tmpdir(), 'gabinet-test-process-'));
  await chmod(parentDir, 0o755);
  dataDir = join(parentDir, 'data');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  await removeClusterElsewhere();
  await rm(parentDir, { recursive: true, force: true });
});

const start = async (environment: Record<string, string> = {}) => {
  const server = await spawnServer({ DATA_DIR: dataDir, ...environment });
  running.push(server);
  return server;
};
/** A cluster outside DATA_DIR would be left behind. */
async function removeClusterElsewhere() {
  const note = join(dataDir, 'postgres-place.txt');
  if (existsSync(note)) await rm((await readFile(note, 'utf8')).trim(), { recursive: true, force: true });
}
const clusterDir = () => join(dataDir, 'postgres', 'cluster');
const postgresPid = async (dir = clusterDir()) =>
  Number.parseInt(await readFile(join(dir, 'postmaster.pid'), 'utf8'), 10);
const isRunning = (pid: number) => probeProcess(pid) === 'running';
const info = async (server: SpawnedServer) =>
  serverInfoSchema.parse(await (await fetch(`${server.url}/api/server`)).json());
async function signIn(server: SpawnedServer, email = 'designer@aurora.example') {
  const body = { email, password: 'gabinet-demo' };
  const response = await new ApiClient(server.url, null).send('POST', '/api/auth/sessions', { body });
  return new ApiClient(server.url, (await response.json()).token);
}

test('the server prints one line when it is ready, after a setup link while it needs one, and SIGTERM ends it together with PostgreSQL', async () => {
  const server = await start();
  const pid = await postgresPid();
  expect(isRunning(pid)).toBe(true);
  expect(await info(server)).toMatchObject({ product: 'gabinet', demo: null, gab_policy: 'lenient' });
  expect(await server.stop()).toBe(0);
  const [setup, ready, ...more] = server.stdout;
  expect(setup).toMatch(/^setup: http:\/\/127\.0\.0\.1:\d+\/setup\/[\w-]{43}$/);
  expect(setup).toContain(server.url);
  expect(ready).toBe(`listening on ${server.url}`);
  expect(more).toEqual([]);
  expect(isRunning(pid)).toBe(false);
  expect(existsSync(join(dataDir, 'in-use-by'))).toBe(false);
});

test('only its owner can read the password of the database', async () => {
  await start();
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
});

test('a request that is running at SIGTERM still gets its response', async () => {
  const server = await start({ DEMO: '1' });
  const client = await signIn(server);
  const { projects } = await (await client.get('/api/customer/projects')).json();
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(
        Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.gab"\r\n\r\nnot '),
      );
      begun.resolve();
      await finish.promise;
      controller.enqueue(Buffer.from('a bundle\r\n--b--\r\n'));
      controller.close();
    },
  });
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const upload = client.send('POST', `/api/customer/projects/${projects[0].uuid}/avatars`, { body, headers });
  await begun.promise;
  await vi.waitFor(async () => {
    expect(await readdir(join(dataDir, 'incoming'))).toHaveLength(1);
  }, 30_000);
  const stopped = server.stop();
  await vi.waitFor(() => expect(fetch(`${server.url}/api/server`)).rejects.toThrow(), 30_000);
  finish.resolve();
  expect((await upload).status).toBe(201);
  expect(await stopped).toBe(0);
});

test('killing the server ends its PostgreSQL, and the next start finds everything', async () => {
  const first = await start({ DEMO: '1' });
  const pid = await postgresPid();
  await first.kill();
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 30_000);
  const second = await start({ DEMO: '1' });
  expect((await (await signIn(second)).get('/api/customer/projects')).status).toBe(200);
});

test('the next start ends a PostgreSQL that outlived its server', async () => {
  const first = await start();
  const pid = await postgresPid();
  // PostgreSQL is stopped, so it does not react to the watchdog's signal and is still there when
  // the next server starts.
  process.kill(pid, 'SIGSTOP');
  await first.kill();
  const starting = start();
  process.kill(pid, 'SIGCONT');
  expect(await info(await starting)).toMatchObject({ product: 'gabinet' });
  // PostgreSQL releases its folder shortly before the system has removed the process.
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 30_000);
});

test('a stale pid file with the id of another process does not prevent a start', async () => {
  const first = await start();
  await first.stop();
  await writeFile(join(clusterDir(), 'postmaster.pid'), `${process.pid}\n${clusterDir()}\n`);
  const second = await start();
  expect((await info(second)).product).toBe('gabinet');
  expect(isRunning(process.pid)).toBe(true);
});

test('a second server on the same folder refuses to start, and the first keeps running', async () => {
  const first = await start();
  const { code, stderr } = await runServerToEnd({ DATA_DIR: dataDir });
  expect(code).toBe(1);
  expect(stderr).toContain(`in use by another server or by a command of gabinet-server (process ${first.pid})`);
  expect((await info(first)).product).toBe('gabinet');
});

// Only root can have folders that PostgreSQL's account cannot enter.
test.runIf(process.getuid?.() === 0)(
  'if only root may enter the parent folder, the database is stored elsewhere',
  async () => {
    await chmod(parentDir, 0o700);
    const first = await start();
    const elsewhere = (await readFile(join(dataDir, 'postgres-place.txt'), 'utf8')).trim();
    const pid = await postgresPid(join(elsewhere, 'cluster'));
    expect(await first.stop()).toBe(0);
    expect(isRunning(pid)).toBe(false);
    const second = await start();
    expect((await readFile(join(dataDir, 'postgres-place.txt'), 'utf8')).trim()).toBe(elsewhere);
    expect((await info(second)).product).toBe('gabinet');
  },
);

test.runIf(process.getuid?.() === 0)(
  'a data folder that only root may enter is opened to the account of PostgreSQL, and to nobody else',
  async () => {
    await mkdir(dataDir, { mode: 0o700 });
    await start();
    expect(existsSync(clusterDir())).toBe(true);
    const { mode, uid } = await stat(dataDir);
    expect([mode & 0o777, uid]).toEqual([0o710, 0]);
  },
);

test.runIf(process.getuid?.() === 0)(
  'a database elsewhere goes when its temporary data folder has gone and nobody used it for a month, and not before',
  async () => {
    await chmod(parentDir, 0o700);
    const startIn = async (name: string) => {
      dataDir = join(parentDir, name);
      const server = await start();
      await server.stop();
      return (await readFile(join(dataDir, 'postgres-place.txt'), 'utf8')).trim();
    };
    const first = await startIn('first');
    const second = await startIn('second');
    for (const name of ['first', 'second']) await rm(join(parentDir, name), { recursive: true });
    const monthAgo = new Date(Date.now() - 31 * DAY_MS);
    await utimes(join(first, 'cluster', 'postmaster.opts'), monthAgo, monthAgo);
    const third = await startIn('third');
    expect([first, second, third].map((dir) => existsSync(dir))).toEqual([false, true, true]);
    await rm(second, { recursive: true });
  },
);

test('only the server’s own account can read stored files, also in a folder that was open to others', async () => {
  await mkdir(dataDir, { mode: 0o755 });
  await start({ DEMO: '1' });
  // Another account may enter if PostgreSQL runs as one, but it cannot list or read.
  expect((await stat(dataDir)).mode & 0o067).toBe(0);
  for (const folder of ['uploads', 'incoming', 'postgres']) {
    expect((await stat(join(dataDir, folder))).mode & 0o077, folder).toBe(0);
  }
});

test('the data folder may be inside the project folder', async () => {
  const below = fileURLToPath(new URL(`../../../.gabinet/test-${process.pid}`, import.meta.url));
  await mkdir(below, { recursive: true });
  dataDir = join(below, 'data');
  try {
    const server = await start();
    expect((await info(server)).product).toBe('gabinet');
    await server.stop();
  } finally {
    await removeClusterElsewhere();
    await rm(below, { recursive: true, force: true });
  }
});

describe('settings for the network and for sign-ins', () => {
  const designer = { email: 'designer@aurora.example', password: 'gabinet-demo' };
  const signingIn = (server: SpawnedServer, body: Record<string, string>, headers: Record<string, string> = {}) =>
    new ApiClient(server.url, null).send('POST', '/api/auth/sessions', { body, headers });

  test('reach the running server', async () => {
    const server = await start({
      DEMO: '1',
      ALLOWED_HOSTS: 'gabinet.example',
      TRUST_PROXY: '127.0.0.1',
      SIGN_INS_PER_MINUTE: '2',
      REQUIRE_SECOND_FACTOR: 'designer',
    });
    const statusFor = async (host: string) => (await askHost(`${server.url}/api/server`, { headers: { host } })).status;
    expect(await statusFor('gabinet.example')).toBe(200);
    expect(await statusFor('rebound.example')).toBe(421);
    const from = { 'x-forwarded-for': '203.0.113.7' };
    const wrong = { ...designer, password: 'wrong' };
    for (const status of [401, 401, 429]) expect((await signingIn(server, wrong, from)).status).toBe(status);
    const { token } = await (await signingIn(server, designer)).json();
    const projects = await new ApiClient(server.url, token).get('/api/customer/projects');
    expect(await problemOf(projects)).toMatchObject({ code: 'second_factor_setup_required' });
  });

  test('are not needed on loopback: a rebound page reads nothing, and forwarded addresses are ignored', async () => {
    const server = await start({ DEMO: '1', SIGN_INS_PER_MINUTE: '2' });
    const rebound = await askHost(`${server.url}/api/server`, { headers: { host: 'rebound.example' } });
    expect(rebound).toMatchObject({ status: 421, code: 'host_not_allowed' });
    const statuses: number[] = [];
    for (const last of [1, 2, 3]) {
      const from = { 'x-forwarded-for': `203.0.113.${last}` };
      statuses.push((await signingIn(server, { ...designer, password: 'wrong' }, from)).status);
    }
    expect(statuses).toEqual([401, 401, 429]);
  });
});

describe('a start with invalid settings', () => {
  test.each([
    [{ PORT: 'x', GAB_POLICY: 'y' }, ['PORT:', 'GAB_POLICY:']],
    [{ DEMO: '1', HOST: '0.0.0.0' }, ['DEMO=1 does not work with HOST=0.0.0.0']],
  ])('%j exits with a clear message and creates nothing', async (environment, messages) => {
    const { code, stderr } = await runServerToEnd({ DATA_DIR: dataDir, ...environment });
    expect(code).toBe(2);
    for (const message of messages) expect(stderr).toContain(message);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('exits with a clear message if the data folder cannot be made', async () => {
    await writeFile(dataDir, 'a file');
    expect(await runServerToEnd({ DATA_DIR: join(dataDir, 'below') })).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^Some settings .*\n {2}DATA_DIR: .* cannot be made or opened \(ENOTDIR\)\.$/),
    });
  });

  test('exits with a clear message if the log file cannot be opened', async () => {
    expect(await runServerToEnd({ DATA_DIR: dataDir, LOG_FILE: parentDir })).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^Some settings .*\n {2}LOG_FILE: .* cannot be written \(EISDIR\)\.$/),
    });
  });

  test('exits with an error if the database does not exist', async () => {
    const { code, stderr } = await runServerToEnd({
      DATA_DIR: dataDir,
      DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('the server could not start');
    expect(stderr).toMatch(/^No connection to the database: connect ECONNREFUSED/m);
  });
});

describe('the demo', () => {
  test('has its customers, users, projects and avatars, and a second start keeps what users changed', async () => {
    const first = await start({ DEMO: '1' });
    const { demo } = await info(first);
    expect(demo?.password).toBe('gabinet-demo');
    expect(demo?.accounts.map(({ email }) => email)).toEqual([
      'designer@aurora.example',
      'viewer@aurora.example',
      'manager@aurora.example',
      'designer@borealis.example',
      'admin@gabinet.example',
    ]);
    for (const { email } of demo?.accounts ?? [])
      expect((await (await signIn(first, email)).get('/api/auth/me')).status).toBe(200);
    const client = await signIn(first);
    const { projects } = await (await client.get('/api/customer/projects')).json();
    expect(projects).toMatchObject([
      { name: 'Concierge desk', avatar_count: 2, active_avatar: { version: 2, thumbnail_url: expect.any(String) } },
      { name: 'Lobby kiosk', avatar_count: 2, active_avatar: { thumbnail_url: expect.any(String) } },
    ]);
    await client.send('DELETE', `/api/customer/avatars/${projects[0].active_avatar.uuid}?scope=avatar`);
    await first.stop();
    const second = await start({ DEMO: '1' });
    const again = await (await (await signIn(second)).get('/api/customer/projects')).json();
    expect(again.projects[0]).toMatchObject({ avatar_count: 1, active_avatar: null });
    expect(again.total).toBe(2);
  });

  test('ends with DEMO=1: its accounts cannot sign in any longer, and their tokens do not work', async () => {
    const database = await createTestDatabase();
    const first = await start({ DEMO: '1', DATABASE_URL: database.url });
    const credentials = { email: 'admin@gabinet.example', password: 'gabinet-demo' };
    const signingIn = (server: SpawnedServer, body: Record<string, string>) =>
      new ApiClient(server.url, null).send('POST', '/api/auth/sessions', { body });
    const { token } = await (await signingIn(first, credentials)).json();
    expect((await new ApiClient(first.url, token).get('/api/auth/me')).status).toBe(200);
    await first.stop();
    const handle = openDatabase(database.url, pino({ level: 'silent' }));
    await addPerson(handle.db, { name: 'Ada', email: 'ada@gabinet.example', role: 'admin', customerId: null });
    await handle.close();
    const second = await start({ DEMO: '0', DATABASE_URL: database.url });
    expect(await problemOf(await signingIn(second, credentials))).toMatchObject({ status: 403, code: 'demo_only' });
    const wrong = await signingIn(second, { ...credentials, password: 'wrong' });
    expect(await problemOf(wrong)).toMatchObject({ status: 401, code: 'invalid_credentials' });
    const me = await new ApiClient(second.url, token).get('/api/auth/me');
    expect(await problemOf(me)).toMatchObject({ status: 401, code: 'unauthenticated' });
    await second.stop();
    await database.drop();
  });
});
