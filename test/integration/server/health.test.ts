import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { openDatabase } from '../../../server/db/database.ts';
import { claimInstallation } from '../../../server/installation/claim-installation.ts';
import { problemOf } from '../../support/api-client.ts';
import { askHost } from '../../support/ask-host.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const TOKEN = 'a-token-for-prometheus';
const READY = { status: 'ready', checks: { database: 'ok', blobs: 'ok', disk: 'ok' } };

/** A server without an administrator, whose database a test can take away. */
async function newServer() {
  const database = await createTestDatabase();
  const wire = await startTcpProxy(() => database.url);
  const url = new URL(database.url);
  url.port = new URL(wire.url).port;
  const handle = openDatabase(url.href, pino({ level: 'silent' }));
  const dataDir = await tempFolder();
  const { http, context } = await buildApp({
    database: handle,
    dataDir,
    gabPolicy: 'lenient',
    trashDays: 30,
    demo: null,
    log: pino({ level: 'silent' }),
  });
  await claimInstallation({ db: handle.db, blobs: context.blobs, dataDir });
  onTestFinished(async () => {
    wire.resume();
    await http.close();
    await handle.close();
    await database.drop();
  });
  const get = async (path: string) => {
    const response = await http.inject({ method: 'GET', url: path });
    return { status: response.statusCode, body: response.json() };
  };
  return { wire, handle, dataDir, get };
}

test('a server is ready before it is set up', async () => {
  const { get } = await newServer();
  expect(await get('/api/customer/projects')).toMatchObject({ status: 503, body: { code: 'setup_required' } });
  expect(await get('/health/live')).toEqual({ status: 200, body: { status: 'live' } });
  expect(await get('/health/ready')).toEqual({ status: 200, body: READY });
});

test('while the database hangs, the server lives but is not ready, and no number of questions uses up the pool', async () => {
  const { wire, handle, get } = await newServer();
  expect((await get('/health/ready')).status).toBe(200);
  wire.pause();
  const late = { status: 'not_ready', checks: { database: 'late', blobs: 'ok', disk: 'ok' } };
  // An answer of the last second still counts.
  await vi.waitFor(async () => expect(await get('/health/ready')).toEqual({ status: 503, body: late }), 20_000);
  const answers = await Promise.all(Array.from({ length: 20 }, () => get('/health/ready')));
  for (const answer of answers) expect(answer.status).toBe(503);
  expect(handle.pool.totalCount).toBeLessThanOrEqual(1);
  expect((await get('/health/live')).status).toBe(200);
  wire.resume();
  await vi.waitFor(async () => expect(await get('/health/ready')).toEqual({ status: 200, body: READY }), 30_000);
});

test('a server whose files are away or whose disk cannot be written is not ready, until they are back', async () => {
  const { dataDir, get } = await newServer();
  expect((await get('/health/ready')).status).toBe(200);
  await rename(join(dataDir, 'uploads'), join(dataDir, 'unmounted'));
  await rm(join(dataDir, 'incoming'), { recursive: true });
  await writeFile(join(dataDir, 'incoming'), 'not a folder');
  const failed = { status: 'not_ready', checks: { database: 'ok', blobs: 'failed', disk: 'failed' } };
  await vi.waitFor(async () => expect(await get('/health/ready')).toEqual({ status: 503, body: failed }), 20_000);
  await rename(join(dataDir, 'unmounted'), join(dataDir, 'uploads'));
  await rm(join(dataDir, 'incoming'));
  await mkdir(join(dataDir, 'incoming'));
  await vi.waitFor(async () => expect((await get('/health/ready')).status).toBe(200), 20_000);
});

describe('on a server with metrics', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ metricsToken: TOKEN, allowedHosts: ['gabinet.example'] });
  });
  afterAll(() => server.stop());

  const metrics = (authorization?: string) =>
    fetch(`${server.url}/metrics`, { headers: authorization ? { authorization } : {} });

  test.each([undefined, 'Bearer wrong', TOKEN, `Basic ${TOKEN}`])('%s does not open them', async (authorization) => {
    expect(await problemOf(await metrics(authorization))).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  test('requests are counted by route, without what they name', async () => {
    const { dana } = server.people;
    const { uuid } = server.projects.kiosk;
    await server.client(dana.token).get(`/api/customer/projects/${uuid}`);
    await server.client().get(`/nothing/${uuid}`);
    // A request is counted when its connection is done with it.
    const text = await vi.waitFor(async () => {
      const now = await (await metrics(`Bearer ${TOKEN}`)).text();
      expect(now).toMatch(/_count\{method="GET",route="\/api\/customer\/projects\/:project_uuid",status="200"\} 1\n/);
      expect(now).toMatch(/_count\{method="GET",route="none",status="404"\} 1\n/);
      return now;
    });
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+)$/);
    for (const secret of [uuid, dana.email, dana.uuid, server.customers.aurora.uuid, TOKEN, 'Dana', 'Aurora'])
      expect(text).not.toContain(secret);
    expect(text).toContain('gabinet_ready{check="database"} 1\n');
    expect(text).toContain('gabinet_queued_requests{queue="feed",state="waiting"} 0\n');
    expect(text).toMatch(/^gabinet_jobs_waiting \d+$/m);
    expect(text).toMatch(/^gabinet_disk_free_bytes \d+$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  test('programs may ask for the health by any host name, which the API refuses', async () => {
    const headers = { host: '10.1.2.3:4610' };
    expect((await askHost(`${server.url}/health/live`, { headers })).status).toBe(200);
    expect((await askHost(`${server.url}/health/ready`, { headers })).status).toBe(200);
    expect((await askHost(`${server.url}/metrics`, { headers })).status).toBe(401);
    expect((await askHost(`${server.url}/api/health`, { headers })).status).toBe(421);
  });
});
