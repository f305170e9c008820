import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blobStoreIn } from '../../../server/blobs/local-blob-store.ts';
import { advisoryLocks } from '../../../server/db/advisory-locks.ts';
import { type DatabaseHandle, openDatabase } from '../../../server/db/database.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { installation } from '../../../server/db/schema/installation.ts';
import { ORPHAN_AGE_MS } from '../../../server/features/housekeeping/orphan-rules.ts';
import { removeBlobs } from '../../../server/features/housekeeping/sweep-files.ts';
import { sweepOrphans } from '../../../server/features/housekeeping/sweep-orphans.ts';
import { adoptInstallation } from '../../../server/installation/adopt-installation.ts';
import { claimInstallation } from '../../../server/installation/claim-installation.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { runOnInstallation } from '../../support/installation-command.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { runServerToEnd } from '../../support/spawn-server.ts';
import { putVersions } from '../../support/stored-versions.ts';
import type { TestDatabase } from '../../support/template-database.ts';

// A data folder and a database that do not belong together, in every combination, and the jobs that
// would have removed files.

const VERSIONS = 6;

let server: TestServer;
/** Another database, without rows. */
let empty: TestDatabase;
let emptyHandle: DatabaseHandle;

beforeAll(async () => {
  server = await startTestServer();
  await putVersions(server, VERSIONS);
  empty = await createTestDatabase();
  emptyHandle = openDatabase(empty.url, pino({ level: 'silent' }));
});
afterAll(async () => {
  await emptyHandle.close();
  await empty.drop();
  await server.stop();
});
beforeEach(async () => {
  for (const { db } of [server.database, emptyHandle]) await db.delete(installation);
  await rm(join(server.dataDir, 'uploads', 'installation'), { recursive: true, force: true });
  await rm(otherDir(), { recursive: true, force: true });
});

const otherDir = () => join(server.dataDir, 'other');
const claimOf = (database: DatabaseHandle, dataDir: string) => ({
  db: database.db,
  blobs: blobStoreIn(dataDir),
  dataDir,
});
const claim = (database: DatabaseHandle, dataDir: string) => claimInstallation(claimOf(database, dataDir));
const readFeedId = async () => {
  const response = await server.client(server.people.dana.token).get('/api/customer/changes?limit=1');
  return (await response.json()).feed_id;
};
const later = (ms = 0) => new Date(Date.now() + ORPHAN_AGE_MS + 60_000 + ms);
const bundles = async () => (await readdir(join(server.dataDir, 'uploads', 'avatars'))).toSorted();

describe('database and data folder', () => {
  test('an installation from before gets an id on its first start and starts again with it', async () => {
    await claim(server.database, server.dataDir);
    const [row] = await server.database.db.select().from(installation);
    const id = await readFile(join(server.dataDir, 'uploads', 'installation', 'id.txt'), 'utf8');
    expect(id).toBe(`${row?.uuid}\n`);
    await claim(server.database, server.dataDir);
    expect(await server.database.db.select().from(installation)).toEqual([row]);
  });

  test('two first starts at once agree on one id', async () => {
    await Promise.all([claim(server.database, server.dataDir), claim(server.database, server.dataDir)]);
    await claim(server.database, server.dataDir);
  });

  test('a second server with another data folder is refused, whether the database has avatars or not', async () => {
    await claim(server.database, server.dataDir);
    await expect(claim(server.database, otherDir())).rejects.toThrow('does not belong to this database');
    await claim(emptyHandle, otherDir());
    await expect(claim(emptyHandle, join(otherDir(), 'third'))).rejects.toThrow('does not belong to this database');
    await expect(claim(server.database, otherDir())).rejects.toThrow('belongs to another database');
  });

  test('an empty database is refused on a full data folder, with and without an id', async () => {
    await expect(claim(emptyHandle, server.dataDir)).rejects.toThrow('no avatars at all');
    await claim(server.database, server.dataDir);
    await expect(claim(emptyHandle, server.dataDir)).rejects.toThrow('used with another one');
    expect(await emptyHandle.db.select().from(installation)).toEqual([]);
  });

  test('a database with avatars is refused on a folder without their files', async () => {
    await expect(claim(server.database, otherDir())).rejects.toThrow('none of their files');
  });

  test('a pairing that a crash interrupted is finished at the next start', async () => {
    await claim(server.database, server.dataDir);
    await server.database.db.update(installation).set({ pairedAt: null });
    await claim(server.database, server.dataDir);
    await rm(join(server.dataDir, 'uploads', 'installation'), { recursive: true });
    await server.database.db.update(installation).set({ pairedAt: null });
    await claim(server.database, server.dataDir);
  });

  test('adopting refuses while files are missing, and takes the place of the other folder', async () => {
    await claim(server.database, server.dataDir);
    const other = claimOf(server.database, otherDir());
    expect(await adoptInstallation(other, { isForced: false })).toMatchObject({
      isDone: false,
      because: expect.stringContaining(`Of ${VERSIONS} versions, ${VERSIONS} have no file`),
    });
    const parts = { ...claimOf(emptyHandle, server.dataDir), databaseUrl: empty.url, quarantineDays: 30 };
    const refused = await runOnInstallation(parts, 'adopt');
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('The database has no avatars') });
    await claim(server.database, server.dataDir);
    const feedId = await readFeedId();
    expect(await adoptInstallation(other, { isForced: true })).toMatchObject({ isDone: true, missing: VERSIONS });
    // Clients read everything again, although it is the same database.
    expect(await readFeedId()).not.toBe(feedId);
    await claim(server.database, otherDir());
    await expect(claim(server.database, server.dataDir)).rejects.toThrow('belongs to another database');
  });

  test('the server process says how to proceed and exits with code 1', async () => {
    const before = await bundles();
    const environment = { DATABASE_URL: empty.url, DATA_DIR: server.dataDir };
    const { code, stderr } = await runServerToEnd(environment);
    expect(code).toBe(1);
    for (const text of ['no avatars at all', server.dataDir, 'gabinet-server restore', 'gabinet-server adopt']) {
      expect(stderr).toContain(text);
    }
    expect(await bundles()).toEqual(before);
  });
});

describe('jobs that remove files', () => {
  const orphanKey = (at: number) => `avatars/00000000-0000-4000-8000-0000000000${String(at).padStart(2, '0')}.gab`;
  const plant = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      await writeFile(join(server.dataDir, 'uploads', orphanKey(at)), `orphan ${at}`);
    }
  };
  const context = (database = server.database) => ({ ...server.app.context, db: database.db });
  beforeEach(async () => {
    await rm(join(server.dataDir, 'uploads', 'quarantine'), { recursive: true, force: true });
    for (const name of await bundles()) {
      if (name.startsWith('00000000')) await rm(join(server.dataDir, 'uploads', 'avatars', name));
    }
  });

  test('a sweep with an empty database takes none of the files', async () => {
    const before = await bundles();
    const report = await sweepOrphans(context(emptyHandle), { now: later(), allowed: 1000 });
    expect(report).toMatchObject({ stopped: 'no-avatars', files: 2 * VERSIONS });
    expect(report.setAside).toHaveLength(2 * VERSIONS);
    expect(await bundles()).toEqual(before);
  });

  test('a sweep with the database of another folder stops', async () => {
    await plant(1);
    await claim(server.database, server.dataDir);
    expect(await sweepOrphans(context(emptyHandle), { now: later() })).toMatchObject({ stopped: 'not-paired' });
    await claim(emptyHandle, otherDir());
    await expect(removeBlobs(context(emptyHandle), [orphanKey(0)])).rejects.toThrow('does not belong');
    expect(await bundles()).toHaveLength(VERSIONS + 1);
  });

  test('jobs of a copied database remove nothing until somebody adopts it', async () => {
    await plant(1);
    await claim(server.database, server.dataDir);
    await server.database.db.update(installation).set({ database: '1.2' });
    await claim(server.database, server.dataDir);
    expect(await sweepOrphans(context(), { now: later() })).toMatchObject({ stopped: 'copied-database' });
    await expect(removeBlobs(context(), [orphanKey(0)])).rejects.toThrow('is a copy of another one');
    expect(await bundles()).toHaveLength(VERSIONS + 1);
    await adoptInstallation(claimOf(server.database, server.dataDir), { isForced: false });
    expect(await sweepOrphans(context(), { now: later() })).toMatchObject({ stopped: null });
    expect(await bundles()).toHaveLength(VERSIONS);
  });

  test('a sweep that would take too many files stops until their number is allowed', async () => {
    await plant(11);
    const dryRun = await sweepOrphans(context(), { now: later(), isDryRun: true, allowed: 11 });
    expect(dryRun).toMatchObject({ stopped: null, isDryRun: true });
    expect(dryRun.setAside).toHaveLength(11);
    expect(await sweepOrphans(context(), { now: later() })).toMatchObject({ stopped: 'too-many' });
    expect(await bundles()).toHaveLength(VERSIONS + 11);
    expect(await sweepOrphans(context(), { now: later(), allowed: 11 })).toMatchObject({ stopped: null });
    expect(await bundles()).toHaveLength(VERSIONS);
  });

  test('the command says what a sweep would do, stops with exit code 1, and does what is allowed', async () => {
    await plant(11);
    const old = new Date(Date.now() - ORPHAN_AGE_MS - 60_000);
    for (let at = 0; at < 11; at += 1) await utimes(join(server.dataDir, 'uploads', orphanKey(at)), old, old);
    const { blobs } = server.app.context;
    const parts = { ...server, db: server.database.db, blobs, quarantineDays: 30 };
    const dryRun = await runOnInstallation(parts, 'sweep', '--dry-run');
    expect(dryRun).toMatchObject({ code: 1, error: expect.stringContaining('sweep --up-to N') });
    expect(dryRun.out).toContain(`would set aside ${orphanKey(10)}\n`);
    expect(await runOnInstallation(parts, 'sweep', '--up-to', 'all')).toMatchObject({ code: 2 });
    expect(await bundles()).toHaveLength(VERSIONS + 11);
    const swept = await runOnInstallation(parts, 'sweep', '--up-to', '11');
    expect(swept).toMatchObject({ code: 0, out: expect.stringContaining(`set aside ${orphanKey(10)}\n`) });
    expect(await bundles()).toHaveLength(VERSIONS);
  });

  test('an orphan is kept in the quarantine for 30 days and then removed', async () => {
    await plant(1);
    const now = later();
    await sweepOrphans(context(), { now });
    const path = join(server.dataDir, 'uploads', 'quarantine', now.toISOString().slice(0, 10), orphanKey(0));
    expect(await readFile(path, 'utf8')).toBe('orphan 0');
    expect((await sweepOrphans(context(), { now: later(30 * DAY_MS) })).removed).toEqual([]);
    expect(existsSync(path)).toBe(true);
    expect((await sweepOrphans(context(), { now: later(31 * DAY_MS) })).removed).toEqual([orphanKey(0)]);
    expect(existsSync(path)).toBe(false);
  });

  test('a file that a row names after all is put back, even if its days are over', async () => {
    const [row] = await server.database.db.select().from(avatars).limit(1);
    const place = join(server.dataDir, 'uploads', 'avatars', `${row?.uuid}.gab`);
    const folder = join(server.dataDir, 'uploads', 'quarantine', '2020-01-01', 'avatars');
    await mkdir(folder, { recursive: true });
    await rename(place, join(folder, `${row?.uuid}.gab`));
    const report = await sweepOrphans(context());
    expect(report).toMatchObject({ putBack: [`avatars/${row?.uuid}.gab`], removed: [] });
    expect(existsSync(place)).toBe(true);
  });

  test('the files of a purged version stay while a backup is being made, and while a row names them', async () => {
    await plant(1);
    const [row] = await server.database.db.select().from(avatars).limit(1);
    const named = `avatars/${row?.uuid}.gab`;
    const backup = new Client({ connectionString: server.databaseUrl });
    await backup.connect();
    await backup.query('select pg_advisory_lock($1)', [advisoryLocks.files]);
    await removeBlobs(context(), [orphanKey(0), named]);
    expect(await sweepOrphans(context(), { now: later() })).toMatchObject({ stopped: 'backup-running' });
    expect(await bundles()).toHaveLength(VERSIONS + 1);
    const queued = await backup.query(
      "select run_at > now() as later from graphile_worker.jobs where task_identifier = 'remove_blobs'",
    );
    expect(queued.rows).toEqual([{ later: true }]);
    await backup.query('select pg_advisory_unlock_all()');
    await backup.end();
    await removeBlobs(context(), [orphanKey(0), named]);
    expect(await bundles()).toHaveLength(VERSIONS);
    expect(await server.app.context.blobs.info(named)).not.toBeNull();
  });

  test('an upload that took days to arrive stays in its place while it is being stored', async () => {
    const source = join(server.dataDir, 'incoming', 'slow.part');
    await mkdir(join(server.dataDir, 'incoming'), { recursive: true });
    await writeFile(source, 'slow');
    await utimes(source, new Date(0), new Date(0));
    await server.app.context.blobs.putFile(orphanKey(0), source);
    expect((await sweepOrphans(context())).setAside).toEqual([]);
  });
});
