import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../server/db/database.ts';
import { ApiClient, readFixture } from '../../support/api-client.ts';
import { type EventReader, readEvents } from '../../support/event-reader.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { type SpawnedServer, spawnServer } from '../../support/spawn-server.ts';
import type { TestDatabase } from '../../support/template-database.ts';
import { populate, type TestWorld } from '../../support/world.ts';

// Two real server processes on one database: readers of each get the commits of the other.

let testDatabase: TestDatabase;
let world: TestWorld;
let dataDir: string;
let bundle: Buffer;
const running: SpawnedServer[] = [];

beforeAll(async () => {
  bundle = await readFixture('gab/minimal.gab');
  testDatabase = await createTestDatabase();
  const database = openDatabase(testDatabase.url, pino({ level: 'silent' }));
  world = await populate(database.db);
  await database.close();
  dataDir = await mkdtemp(join(tmpdir(), 'gabinet-test-events-'));
});
afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await testDatabase.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<SpawnedServer> {
  const server = await spawnServer({ DATABASE_URL: testDatabase.url, DATA_DIR: dataDir });
  running.push(server);
  return server;
}
const client = (server: SpawnedServer) => new ApiClient(server.url, world.people.dana.token);
const upload = (server: SpawnedServer) => client(server).mustUpload(world.projects.desk.uuid, { bytes: bundle });
const listen = async (server: SpawnedServer): Promise<EventReader> =>
  readEvents(await client(server).get('/api/customer/changes/events'));

test('a reader gets the commits of all processes, also after a restart, and does not delay a shutdown', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  const customer_uuid = world.customers.aurora.uuid;
  const reader = await listen(one);
  expect(await reader.next()).toEqual({ customer_uuid, seq: 0 });
  await upload(other);
  expect(await reader.next()).toEqual({ customer_uuid, seq: 2 });
  await upload(one);
  const { seq } = await reader.next();
  expect(seq).toBeGreaterThan(2);
  await other.kill();
  const third = await start();
  await upload(third);
  expect((await reader.next()).seq).toBeGreaterThan(seq);
  const [, code] = await Promise.all([reader.ended(), one.stop()]);
  expect(code).toBe(0);
  const again = await listen(third);
  expect((await again.next()).seq).toBeGreaterThan(seq);
  await again.close();
});
