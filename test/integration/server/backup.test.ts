import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, gt } from 'drizzle-orm';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlobStore } from '../../../server/blobs/blob-store.ts';
import { blobStoreIn } from '../../../server/blobs/local-blob-store.ts';
import type { InstallationAccess } from '../../../server/cli/command-context.ts';
import { migrateToSchema, ownSchemaVersion, readSchemaVersion } from '../../../server/db/applied-migrations.ts';
import { type DatabaseHandle, openDatabase } from '../../../server/db/database.ts';
import { migrateDatabase } from '../../../server/db/migrate.ts';
import { avatars } from '../../../server/db/schema/avatars.ts';
import { installation } from '../../../server/db/schema/installation.ts';
import { createLink } from '../../../server/features/accounts/links/issue-link.ts';
import { listTables } from '../../../server/features/backup/backup-tables.ts';
import { makeBackup } from '../../../server/features/backup/make-backup.ts';
import { type BackupManifest, readManifest, writeManifest } from '../../../server/features/backup/manifest.ts';
import { purgeTrash } from '../../../server/features/housekeeping/purge-trash.ts';
import { removeBlobs } from '../../../server/features/housekeeping/sweep-files.ts';
import { claimInstallation, hasFiles } from '../../../server/installation/claim-installation.ts';
import { buildBundle } from '../../support/bundle-builder.ts';
import { runOnInstallation as run } from '../../support/installation-command.ts';
import { addManyVersions } from '../../support/many-versions.ts';
import { createEmptyDatabase } from '../../support/postgres.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { putVersions } from '../../support/stored-versions.ts';
import type { TestDatabase } from '../../support/template-database.ts';

// A server with 1,000 versions is backed up while it runs, and restored elsewhere. The tests are
// steps of one walk.

const VERSIONS = 1000;
const UPLOADED = 2;

let server: TestServer;
/** Contains the backups and the restored data folders. */
let dir: string;
let backups: string;
let restored: Target;

/** An empty database with a data folder. */
interface Target {
  readonly parts: InstallationAccess;
  readonly database: TestDatabase;
  readonly handle: DatabaseHandle;
}

const targets: Target[] = [];
/** What the first start of a server leaves, for example of an operator who tries a new machine. */
async function startOnce({ parts }: Target): Promise<void> {
  await migrateDatabase(parts.databaseUrl);
  const handle = openDatabase(parts.databaseUrl, pino({ level: 'silent' }));
  await claimInstallation({ ...parts, db: handle.db });
  await handle.db.transaction((tx) => createLink(tx, { kind: 'setup', user: null, actor: null }));
  await handle.close();
}

async function newTarget(): Promise<Target> {
  const database = await createEmptyDatabase();
  const handle = openDatabase(database.url, pino({ level: 'silent' }));
  const dataDir = join(dir, `data-${targets.length}`);
  const parts = { db: handle.db, databaseUrl: database.url, blobs: blobStoreIn(dataDir), dataDir, quarantineDays: 30 };
  const target = { parts, database, handle };
  targets.push(target);
  return target;
}

const ofServer = (blobs: BlobStore = server.app.context.blobs): InstallationAccess => ({
  db: server.database.db,
  databaseUrl: server.databaseUrl,
  blobs,
  dataDir: server.dataDir,
  quarantineDays: 30,
});

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gabinet-test-backup-'));
  backups = join(dir, 'backups');
  server = await startTestServer();
  await claimInstallation(ofServer());
  await putVersions(server, UPLOADED, true);
  await addManyVersions(server, VERSIONS - UPLOADED);
});
afterAll(async () => {
  for (const { handle, database } of targets) {
    if (!handle.pool.ended) await handle.close();
    await database.drop();
  }
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

/** All rows of each table of a backup, as one hash. */
async function fingerprint(databaseUrl: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const hashes: Record<string, string> = {};
  for (const { name } of await listTables(client)) {
    const { rows } = await client.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as hash from ${name} t`,
    );
    hashes[name] = rows[0].hash;
  }
  await client.end();
  return hashes;
}

let before: Record<string, string>;

test('a backup is of one moment while the server stores, purges and removes', async () => {
  before = await fingerprint(server.databaseUrl);
  const { context } = server.app;
  let isBusy = false;
  const copyTo = async (key: string, path: string) => {
    if (!isBusy) {
      isBusy = true;
      const rows = await server.database.db.select().from(avatars);
      await purgeTrash({ ...context, trashDays: 0 }, new Date(Date.now() + 1000));
      await removeBlobs(
        context,
        rows.filter(({ deletedAt }) => deletedAt).map(({ uuid }) => `avatars/${uuid}.gab`),
      );
      const dana = server.client(server.people.dana.token);
      await dana.mustUpload(server.projects.kiosk.uuid, { bytes: buildBundle({ name: 'Later' }) });
    }
    return context.blobs.copyTo(key, path);
  };
  const { code, out, error } = await run(ofServer({ ...context.blobs, copyTo }), 'backup', backups);
  expect({ code, out, error }).toMatchObject({ code: 0, out: expect.stringContaining(`${VERSIONS} versions`) });
  expect(error).toMatch(/Copied \d+ of \d+ tables/);
  expect(isBusy).toBe(true);
  expect(await fingerprint(server.databaseUrl)).not.toEqual(before);
});

test('restoring gives the same rows, hashes, version numbers, active marks and audit events', async () => {
  restored = await newTarget();
  await startOnce(restored);
  const { code, out } = await run(restored.parts, 'restore', backups);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`${VERSIONS} versions`) });
  expect(await fingerprint(restored.database.url)).toEqual(before);
  const check = await run(restored.parts, 'check');
  expect(check).toMatchObject({ code: 0, out: expect.stringContaining(`Versions: ${VERSIONS}.`) });
  expect(check.out).toContain('Faults: 0.');
  await claimInstallation(restored.parts);
});

test('a restored server continues where the backup was, and everybody has to sign in and read again', async () => {
  const { dana } = server.people;
  const old = await (await server.client(dana.token).get('/api/customer/changes?limit=1')).json();
  const { databaseUrl, dataDir } = restored.parts;
  const second = await startTestServer({ shareWith: { ...server, databaseUrl, dataDir } });
  try {
    expect((await second.client(dana.token).get('/api/auth/me')).status).toBe(401);
    const body = { email: dana.email, password: dana.password };
    const signedIn = await second.client().send('POST', '/api/auth/sessions', { body });
    const client = second.client((await signedIn.json()).token);
    const cursor = `since=1&feed_id=${old.feed_id}`;
    expect((await client.get(`/api/customer/changes?${cursor}`)).status).toBe(410);
    const [mara] = await restored.parts.db.select().from(avatars).where(eq(avatars.isActive, true));
    const download = await client.get(`/api/customer/avatars/${mara?.uuid}/download`);
    expect((await download.arrayBuffer()).byteLength).toBe(mara?.fileSize);
    const all = await client.get(`/api/customer/avatars/${mara?.uuid}`);
    const { lineage_uuid } = await all.json();
    const fields = { lineage_uuid };
    const next = await client.mustUpload(server.projects.desk.uuid, { bytes: buildBundle({ name: 'Mara' }), fields });
    expect(next.version).toBe(UPLOADED + 1);
  } finally {
    await second.stop();
  }
});

test('another backup into the same folder copies only what is new, as hard links', async () => {
  const { code, out } = await run(ofServer(), 'backup', backups);
  expect(code).toBe(0);
  const [, newFiles] = /(\d+) of them new/.exec(out) ?? [];
  expect(Number(newFiles)).toBeGreaterThanOrEqual(1);
  expect(Number(newFiles)).toBeLessThanOrEqual(2);
  const [newest] = (await server.database.db.select().from(avatars)).slice(-1);
  const pooled = join(backups, 'files', newest?.sha256.slice(0, 2) ?? '', newest?.sha256 ?? '');
  expect((await stat(pooled)).nlink).toBe(2);
  expect((await readdir(backups)).filter((name) => name.startsWith('2'))).toHaveLength(2);
});

test('check finds each of five planted faults, and says so with its exit code', async () => {
  const [missing, changed, cut, wrongRow] = await restored.parts.db.select().from(avatars).limit(4);
  if (!wrongRow) throw new Error('too few versions');
  const fileOf = (filename = '') => join(restored.parts.dataDir, 'uploads', 'avatars', filename);
  const orphan = '00000000-0000-4000-8000-00000000dead.gab';
  await rm(fileOf(missing?.filename));
  const bytes = await readFile(fileOf(changed?.filename));
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  await writeFile(fileOf(changed?.filename), bytes);
  await truncate(fileOf(cut?.filename), 7);
  await writeFile(fileOf(orphan), 'nobody’s');
  const wrongHash = { sha256: 'f'.repeat(64) };
  await restored.parts.db.update(avatars).set(wrongHash).where(eq(avatars.uuid, wrongRow.uuid));
  const { code, out } = await run(restored.parts, 'check');
  expect(code).toBe(3);
  const lines = out.trimEnd().split('\n');
  const expected = [
    `missing avatars/${missing?.filename}`,
    `wrong bytes avatars/${changed?.filename}`,
    `wrong size avatars/${cut?.filename}`,
    `without a row avatars/${orphan}`,
    `wrong bytes avatars/${wrongRow.filename}: the row says SHA-256 ${wrongHash.sha256}`,
  ];
  for (const text of expected) expect(lines.filter((line) => line.startsWith(text))).toHaveLength(1);
  expect(lines.slice(expected.length)).toEqual([expect.stringContaining('Faults: 5.')]);
});

describe('restoring is refused, and changes nothing,', () => {
  const newest = async () => {
    const names = await readdir(backups);
    return join(
      backups,
      names
        .filter((name) => name.startsWith('2'))
        .toSorted()
        .at(-1) ?? '',
    );
  };
  /** Never in place: the file may be a hard link to a stored one. */
  async function replace(path: string, change: (bytes: Buffer) => Uint8Array) {
    const original = await readFile(path);
    const put = async (bytes: Uint8Array) => {
      await writeFile(`${path}.new`, bytes);
      await rename(`${path}.new`, path);
    };
    await put(change(original));
    return () => put(original);
  }
  async function withManifest(change: Partial<BackupManifest>) {
    const manifest = await readManifest(await newest());
    await writeManifest(await newest(), { ...manifest, ...change });
    return async () => writeManifest(await newest(), manifest);
  }
  async function expectRefused(message: string, target?: Target, ...options: readonly string[]) {
    const { parts } = target ?? (await newTarget());
    const { code, error } = await run(parts, 'restore', backups, ...options);
    expect(error).toContain(message);
    expect(code).toBe(1);
    return parts;
  }

  test('if a byte of a stored file is another one', async () => {
    const [row] = await server.database.db.select().from(avatars).limit(1);
    const sha256 = row?.sha256 ?? '';
    const undo = await replace(join(backups, 'files', sha256.slice(0, 2), sha256), (bytes) => {
      const changed = Buffer.from(bytes);
      changed[3] = (changed[3] ?? 0) ^ 1;
      return changed;
    });
    const { blobs } = await expectRefused(`${sha256} is damaged`);
    expect(await hasFiles(blobs)).toBe(false);
    await undo();
  });

  test('if a table is cut off', async () => {
    const undo = await replace(join(await newest(), 'tables', 'avatars.copy'), (bytes) => bytes.subarray(0, -20));
    await expectRefused('avatars.copy is damaged');
    await undo();
  });

  test('if the manifest is another one', async () => {
    const undo = await replace(join(await newest(), 'manifest.json'), (bytes) =>
      Buffer.from(bytes.toString().replace('"lost": []', '"lost": ["avatars/x.gab"]')),
    );
    await expectRefused('manifest.json does not match');
    await undo();
  });

  test.each<[string, (manifest: BackupManifest) => Partial<BackupManifest>]>([
    ['schema', ({ schema }) => ({ schema: [...schema, Date.now()] })],
    ['format', ({ format }) => ({ format: format + 1 })],
  ])('if the backup has a newer %s', async (_what, change) => {
    const undo = await withManifest(change(await readManifest(await newest())));
    await expectRefused('made by a newer version of Gabinet');
    await undo();
  });

  test('if the database or the data folder is in use or not empty', async () => {
    const other = await newTarget();
    const used = { ...other, parts: { ...other.parts, databaseUrl: server.databaseUrl } };
    // A server always has a connection, for its jobs.
    await server.database.db.transaction(() => expectRefused('A server is using the database', used));
    await expectRefused('The data folder has files', {
      ...other,
      parts: { ...other.parts, blobs: server.app.context.blobs },
    });
    await restored.handle.close();
    await expectRefused('The database has data', {
      ...other,
      parts: { ...other.parts, databaseUrl: restored.database.url },
    });
  });

  test('if there is no backup', async () => {
    await expectRefused('has no backup 2020', undefined, '--backup', '2020');
  });
});

test('check refuses an empty database with an empty folder, which are not those of a server', async () => {
  const { parts } = await newTarget();
  await migrateDatabase(parts.databaseUrl);
  expect(await run(parts, 'check')).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringContaining('The data folder does not belong to the database. Check DATA_DIR'),
  });
  await claimInstallation(parts);
  expect(await run(parts, 'check')).toMatchObject({ code: 0, out: expect.stringContaining('Faults: 0.') });
});

test('a backup is refused in a folder with other things, in the data folder, and of another installation', async () => {
  expect(await run(ofServer(), 'backup', dir)).toMatchObject({
    code: 1,
    error: expect.stringContaining('other files'),
  });
  const inside = await run(ofServer(), 'backup', join(server.dataDir, 'backup'));
  expect(inside).toMatchObject({ code: 1, error: expect.stringContaining('is in the data folder') });
  const { parts } = await newTarget();
  await migrateDatabase(parts.databaseUrl);
  await claimInstallation(parts);
  const foreign = await run(parts, 'backup', backups);
  expect(foreign).toMatchObject({ code: 1, error: expect.stringContaining('another installation') });
});

test('a backup continues without a lost file, and restoring then needs an option', async () => {
  const folder = join(dir, 'with-loss');
  const [row] = await server.database.db.select().from(avatars).limit(1);
  // Fewer files are as good here, and quicker.
  await server.database.db.delete(avatars).where(gt(avatars.id, (row?.id ?? 0) + 4));
  await rm(join(server.dataDir, 'uploads', 'avatars', `${row?.uuid}.gab`));
  const made = await run(ofServer(), 'backup', folder);
  expect(made).toMatchObject({ code: 3, out: expect.stringContaining(`not in the backup: avatars/${row?.uuid}.gab`) });
  const { parts } = await newTarget();
  const refused = await run(parts, 'restore', folder);
  expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('--without-lost') });
  expect(await run(parts, 'restore', folder, '--without-lost')).toMatchObject({ code: 0 });
  expect(await run(parts, 'check')).toMatchObject({ code: 3, out: expect.stringContaining('Faults: 1.') });
});

test('check finds that the data folder belongs to another database, although all files are there', async () => {
  const { parts } = await newTarget();
  expect(await run(parts, 'restore', backups)).toMatchObject({ code: 0 });
  await parts.db.update(installation).set({ uuid: randomUUID() });
  expect(await run(parts, 'check')).toMatchObject({
    code: 3,
    out: expect.stringContaining('Faults: 0.'),
    error: expect.stringContaining('does not belong to this database'),
  });
});

test('a backup with an older schema is restored and migrated', async () => {
  const own = await ownSchemaVersion();
  const older = await newTarget();
  const client = new Client({ connectionString: older.database.url });
  await client.connect();
  await migrateToSchema(client, own.slice(0, -1));
  await client.query("insert into customers (slug, name) values ('old', 'Old')");
  const folder = join(dir, 'older');
  const source = { ...older.parts, installation: '00000000-0000-4000-8000-000000000001', version: '0.1.0' };
  await makeBackup(source, { folder, onProgress: () => undefined });
  await client.end();
  const target = await newTarget();
  expect(await run(target.parts, 'restore', folder)).toMatchObject({ code: 0 });
  const reader = new Client({ connectionString: target.database.url });
  await reader.connect();
  expect(await readSchemaVersion(reader)).toEqual(own);
  expect((await reader.query('select slug from customers')).rows).toEqual([{ slug: 'old' }]);
  await reader.end();
});
