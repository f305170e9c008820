import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrateDatabase } from '../../../server/db/migrate.ts';
import { documentBundle, edited, freshParts } from '../../support/document-bundles.ts';
import { createEmptyDatabase } from '../../support/postgres.ts';
import { startTestServer } from '../../support/server.ts';
import { SessionUploader } from '../../support/session-uploader.ts';

test('six processes can migrate the same empty database at once', async () => {
  const database = await createEmptyDatabase();
  try {
    await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(database.url)));
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(
      "select relname, relpersistence from pg_class where relname in ('avatars', 'upload_receipts', 'rate_limits') order by 1",
    );
    expect(rows).toEqual([
      { relname: 'avatars', relpersistence: 'p' },
      { relname: 'rate_limits', relpersistence: 'u' },
      { relname: 'upload_receipts', relpersistence: 'u' },
    ]);
    const jobs = await client.query("select 1 from pg_namespace where nspname = 'graphile_worker'");
    expect(jobs.rowCount).toBe(1);
    await client.end();
  } finally {
    await database.drop();
  }
});

const MIGRATIONS_DIR = fileURLToPath(new URL('../../../server/db/migrations', import.meta.url));

/** Applies only the first `count` migrations: the database of an older server. */
async function migrateTo(client: Client, count: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'gabinet-test-migrations-'));
  try {
    await cp(MIGRATIONS_DIR, dir, { recursive: true });
    const path = join(dir, 'meta', '_journal.json');
    const journal = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
    await migrate(drizzle({ client }), { migrationsFolder: dir });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

test('migrating an older change feed marks the latest entry of each entity', async () => {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await migrateTo(client, 4);
    await client.query("insert into customers (slug, name, feed_seq) values ('one', 'One', 5), ('two', 'Two', 1)");
    await client.query(`insert into change_feed (customer_id, seq, entity, entity_uuid) values
      (1, 1, 'avatar', '00000000-0000-4000-8000-00000000000a'), (1, 2, 'project', '00000000-0000-4000-8000-00000000000b'),
      (1, 3, 'avatar', '00000000-0000-4000-8000-00000000000a'), (1, 4, 'avatar', '00000000-0000-4000-8000-00000000000c'),
      (1, 5, 'avatar', '00000000-0000-4000-8000-00000000000a'), (2, 1, 'avatar', '00000000-0000-4000-8000-00000000000a')`);
    await migrateDatabase(database.url);
    const { rows } = await client.query(
      'select customer_id, array_agg(seq::int order by seq) as seqs from change_feed where is_latest group by 1 order by 1',
    );
    expect(rows).toEqual([
      { customer_id: 1, seqs: [2, 4, 5] },
      { customer_id: 2, seqs: [1] },
    ]);
    const kept = await client.query('select count(*)::int as entries from change_feed where at <= now()');
    expect(kept.rows).toEqual([{ entries: 6 }]);
    expect((await client.query('select feed_floor::int from customers')).rows).toEqual([
      { feed_floor: 0 },
      { feed_floor: 0 },
    ]);
  } finally {
    await client.end();
    await database.drop();
  }
});

const OLD_RANGE = { avatarUuid: '00000000-0000-4000-8000-00000000000a', offset: 70 };
const NEW_RANGE = { versionUuid: OLD_RANGE.avatarUuid, offset: 70 };
/** A plan whose pieces come from a stored version as a whole, in part, and not at all. */
const planOf = (range: unknown) => ({
  kind: 'pieces',
  sources: [
    range,
    {
      chunks: [
        { sizeBytes: 5, range },
        { sizeBytes: 6, range: null },
      ],
    },
    null,
  ],
});

test('migrating renames the versions in the plan of an open upload', async () => {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await migrateTo(client, 5);
    await client.query("insert into customers (slug, name) values ('one', 'One')");
    await client.query("insert into projects (customer_id, name) values (1, 'Desk')");
    await client.query(`insert into users (customer_id, email, name, role, password_hash)
      values (1, 'dana@one.example', 'Dana', 'designer', 'x')`);
    const insert = `insert into upload_sessions
      (uuid, user_id, project_id, fingerprint, original_filename, file_size, sha256, fields, recipe, plan)
      values (gen_random_uuid(), 1, 1, 'x', '"avatarUuid":.gab', 9, 'x', '{"activate":true}', '', $1)`;
    await client.query(insert, [planOf(OLD_RANGE)]);
    await client.query(insert, [{ kind: 'whole' }]);
    await migrateDatabase(database.url);
    const { rows } = await client.query('select plan, original_filename, fields from upload_sessions order by plan');
    const untouched = { original_filename: '"avatarUuid":.gab', fields: { activate: true } };
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({ plan: planOf(NEW_RANGE), ...untouched });
    expect(rows).toContainEqual({ plan: { kind: 'whole' }, ...untouched });
  } finally {
    await client.end();
    await database.drop();
  }
});

test('an upload that was opened before its plan was migrated continues and arrives whole', async () => {
  const server = await startTestServer();
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    const dana = server.client(server.people.dana.token);
    const projectUuid = server.projects.desk.uuid;
    const parts = freshParts();
    const before = await new SessionUploader(dana, { projectUuid, file: documentBundle(parts) }).run();
    const [first = Buffer.alloc(0), ...rest] = parts;
    const file = documentBundle([edited(first, 150_000), ...rest], { version: '1.1.0' });
    const fields = { lineage_uuid: before.lineage_uuid };
    const upload = new SessionUploader(dana, { projectUuid, file, fields });
    const chunksPlan = await upload.open();
    if (chunksPlan.kind !== 'chunks') throw new Error(`unexpected plan ${chunksPlan.kind}`);
    const plan = await upload.describe(chunksPlan);
    if (plan.kind !== 'pieces') throw new Error(`unexpected plan ${plan.kind}`);
    const stream = await upload.stream(plan);
    await upload.send(stream.subarray(0, 100), 0);
    const { rowCount } = await client.query(`update upload_sessions
      set plan = replace(plan::text, '"versionUuid":', '"avatarUuid":')::jsonb where plan::text like '%"versionUuid":%'`);
    expect(rowCount).toBe(1);
    await client.query(await readFile(join(MIGRATIONS_DIR, '0005_plan_version_uuid.sql'), 'utf8'));
    expect(await upload.open()).toMatchObject({ kind: 'pieces', received_bytes: 100 });
    const stored = await upload.run();
    expect(stored).toMatchObject({ version: 2, file_size: file.byteLength });
    const download = await dana.get(`/api/customer/avatars/${stored.uuid}/download`);
    expect(Buffer.from(await download.arrayBuffer()).equals(file)).toBe(true);
  } finally {
    await client.end();
    await server.stop();
  }
});

test('migrating writes one activation for each version that is active', async () => {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await migrateTo(client, 14);
    await client.query("insert into customers (slug, name) values ('one', 'One')");
    await client.query("insert into users (email, name) values ('dana@one.example', 'Dana')");
    await client.query(`insert into projects (customer_id, name, active_set_by_user_id, active_set_at) values
      (1, 'Desk', 1, '2026-01-02T03:04:05Z'), (1, 'Kiosk', null, null), (1, 'Empty', 1, '2026-01-02T03:04:05Z')`);
    await client.query(`insert into lineages (project_id, name, last_version) values
      (1, 'Mara', 2), (2, 'Robin', 1), (3, 'Tria', 1)`);
    await client.query(`insert into avatars (uuid, project_id, lineage_id, version, is_active, created_at, filename,
        original_filename, file_size, sha256, container, verdict, activatable, issues)
      select uuid, project, project, version, is_active, '2025-01-01T00:00:00Z'::timestamptz, uuid || '.gab', 'a.gab', 1, repeat('0', 64),
        'gab', 'valid', true, '[]'
      from (values (gen_random_uuid(), 1, 1, false), (gen_random_uuid(), 1, 2, true), (gen_random_uuid(), 2, 1, true),
        (gen_random_uuid(), 3, 1, false)) as v (uuid, project, version, is_active)`);
    await migrateDatabase(database.url);
    const { rows } =
      await client.query(`select activations.project_id, from_avatar_uuid, to_name, to_version, how, set_by_user_id,
        set_by, set_at, to_avatar_uuid = a.uuid and to_lineage_uuid = l.uuid as is_active_one
      from activations join avatars a on a.project_id = activations.project_id join lineages l on l.id = a.lineage_id
      where a.is_active order by activations.id`);
    const migrated = { from_avatar_uuid: null, how: 'choice', is_active_one: true };
    expect(rows).toEqual([
      {
        ...migrated,
        project_id: 1,
        to_name: 'Mara',
        to_version: 2,
        set_by_user_id: 1,
        set_by: 'Dana',
        set_at: new Date('2026-01-02T03:04:05Z'),
      },
      {
        ...migrated,
        project_id: 2,
        to_name: 'Robin',
        to_version: 1,
        set_by_user_id: null,
        set_by: null,
        set_at: new Date('2025-01-01'),
      },
    ]);
  } finally {
    await client.end();
    await database.drop();
  }
});
