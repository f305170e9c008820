import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asc } from 'drizzle-orm';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { buildApp } from '../../../server/app.ts';
import { type DatabaseHandle, openDatabase } from '../../../server/db/database.ts';
import { avatars, lineages } from '../../../server/db/schema/avatars.ts';
import { changeFeed } from '../../../server/db/schema/history.ts';
import { ORPHAN_AGE_MS } from '../../../server/features/housekeeping/orphan-rules.ts';
import { sweepTempFiles } from '../../../server/features/housekeeping/sweep-files.ts';
import { type SweepReport, sweepOrphans } from '../../../server/features/housekeeping/sweep-orphans.ts';
import { changesResponseSchema } from '../../../shared/api/changes.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { ApiClient, readFixture } from '../../support/api-client.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { testSeed } from '../../support/property-runs.ts';
import { type SpawnedServer, spawnServer } from '../../support/spawn-server.ts';
import type { TestDatabase } from '../../support/template-database.ts';
import { populate, type TestWorld } from '../../support/world.ts';

// A real server process is killed with SIGKILL. Afterwards clients see all of an upload or nothing
// of it.

const later = () => new Date(Date.now() + ORPHAN_AGE_MS + 60_000);
const silent = pino({ level: 'silent' });

let testDatabase: TestDatabase;
let database: DatabaseHandle;
let world: TestWorld;
let dataDir: string;
let server: SpawnedServer;
let bundle: Buffer;

beforeAll(async () => {
  bundle = await readFixture('gab/portrait-2d.gab');
});
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.url, silent);
  world = await populate(database.db);
  dataDir = await mkdtemp(join(tmpdir(), 'gabinet-test-crash-'));
  server = await start();
});
afterEach(async () => {
  await server.stop();
  await database.close();
  await testDatabase.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The nightly run has more rounds. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 3);

const start = () => spawnServer({ DATABASE_URL: testDatabase.url, DATA_DIR: dataDir });
const dana = () => new ApiClient(server.url, world.people.dana.token);
const filesIn = async (folder: string) => (await readdir(join(dataDir, folder)).catch(() => [] as string[])).sort();
/** Waits for a request that has no response if its server dies. */
const unanswered = (upload: Promise<unknown>) =>
  upload.then(
    () => 'answered',
    () => 'cut off',
  );

/**
 * Takes a lock, so that the server stops at exactly this point of an upload. Returns the function
 * that releases it.
 */
async function holdLock(statement: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: testDatabase.url });
  await client.connect();
  await client.query('begin');
  await client.query(statement);
  return () => client.end();
}

/** Resolves when a query of the server waits for a lock. */
const untilBlocked = () =>
  vi.waitFor(async () => {
    const { rows } = await database.pool.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    expect(rows).not.toHaveLength(0);
  }, 30_000);

/**
 * Checks that rows and files agree, and that clients can use everything they see. Returns the
 * number of versions.
 */
async function expectAgreement(): Promise<number> {
  const rows = await database.db.select().from(avatars).orderBy(asc(avatars.id));
  for (const row of rows) {
    const bytes = await readFile(join(dataDir, 'uploads', 'avatars', row.filename));
    expect(sha256Hex(bytes)).toBe(row.sha256);
    const downloaded = await dana().get(`/api/customer/avatars/${row.uuid}/download`);
    expect(Buffer.from(await downloaded.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await dana().get(`/api/customer/avatars/${row.uuid}/thumbnail`)).status).toBe(200);
  }
  expect(rows.filter(({ isActive }) => isActive).length).toBeLessThanOrEqual(1);
  await expectNumbersWithoutGaps(rows);
  const { stopped, setAside } = await sweepEverything();
  expect(await filesIn('incoming')).toEqual([]);
  // Without any avatar a sweep touches nothing.
  expect(stopped).toBe(rows.length === 0 && setAside.length > 0 ? 'no-avatars' : null);
  if (stopped !== null) return 0;
  expect(await filesIn('uploads/avatars')).toEqual(rows.map(({ filename }) => filename).sort());
  expect(await filesIn('uploads/thumbnails')).toEqual(rows.map(({ uuid }) => `${uuid}.webp`).sort());
  return rows.length;
}

async function expectNumbersWithoutGaps(rows: (typeof avatars.$inferSelect)[]) {
  for (const avatar of await database.db.select().from(lineages)) {
    const versions = rows.filter(({ lineageId }) => lineageId === avatar.id).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: avatar.lastVersion }, (_, at) => at + 1));
  }
  const feed = await database.db.select({ seq: changeFeed.seq }).from(changeFeed).orderBy(asc(changeFeed.seq));
  expect(feed.map(({ seq }) => seq)).toEqual(feed.map((_, at) => at + 1));
  const page = changesResponseSchema.parse(await (await dana().get('/api/customer/changes?limit=1000')).json());
  expect(page.cursor).toBe(feed.length);
}

async function sweepEverything(): Promise<SweepReport> {
  const app = await buildApp({ database, dataDir, gabPolicy: 'lenient', trashDays: 30, demo: null, log: silent });
  const report = await sweepOrphans(app.context, { now: later() });
  await sweepTempFiles(app.context, later());
  await app.http.close();
  return report;
}

describe('a server killed at a chosen point keeps the whole upload or nothing of it', () => {
  test('while it receives the file', async () => {
    const request = httpRequest(`${server.url}/api/customer/projects/${world.projects.desk.uuid}/avatars`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.people.dana.token}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
    });
    const ended = new Promise((resolve) => request.on('error', resolve));
    request.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.gab"\r\n\r\n');
    request.write(Buffer.alloc(2 * MIB, 1));
    await vi.waitFor(async () => expect(await filesIn('incoming')).toHaveLength(1), 30_000);
    await server.kill();
    await ended;
    server = await start();
    expect(await filesIn('incoming')).toHaveLength(1);
    expect(await expectAgreement()).toBe(0);
  });

  test.each([
    ['when the file is received and not yet checked', 'lock table idempotency_keys', 0],
    ['when the blobs are stored and their rows are not', 'select 1 from customers for update', 1],
    ['in the middle of the transaction', 'lock table change_feed in access exclusive mode', 1],
  ])('%s', async (_when, lock, storedFiles) => {
    const release = await holdLock(lock);
    const upload = unanswered(
      dana().upload(world.projects.desk.uuid, { bytes: bundle, idempotencyKey: 'killed-upload' }),
    );
    await untilBlocked();
    expect(await filesIn('uploads/avatars')).toHaveLength(storedFiles);
    await server.kill();
    expect(await upload).toBe('cut off');
    await release();
    server = await start();
    expect(await expectAgreement()).toBe(0);
    // The client sends the upload again with the same key, as if nothing had happened.
    const again = await dana().mustUpload(world.projects.desk.uuid, { bytes: bundle, idempotencyKey: 'killed-upload' });
    expect(again).toMatchObject({ version: 1, is_active: true });
    expect(await expectAgreement()).toBe(1);
  });
});

test(`a server killed ${ROUNDS} times at random moments (seed ${testSeed}) under load keeps everything it confirmed`, {
  timeout: ROUNDS * 40_000,
}, async () => {
  const first = await dana().mustUpload(world.projects.desk.uuid, { bytes: bundle });
  let answered = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const client = dana();
    const life = { isAlive: true };
    const worker = async () => {
      while (life.isAlive) {
        const fields = { lineage_uuid: first.lineage_uuid };
        const outcome = await unanswered(client.mustUpload(world.projects.desk.uuid, { bytes: bundle, fields }));
        if (outcome === 'answered') answered += 1;
      }
    };
    const workers = [worker(), worker(), worker()];
    // The random moment is what this test is about; nothing is being waited for.
    await delay(200 + ((testSeed * (round + 7)) % 500));
    await server.kill();
    life.isAlive = false;
    await Promise.all(workers);
    server = await start();
    // All confirmed versions are there; one that was cut off right after its commit may be there as
    // well.
    expect(await expectAgreement()).toBeGreaterThanOrEqual(answered);
  }
});
