import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrateDatabase } from '../../../server/db/migrate.ts';
import { createEmptyDatabase } from '../../support/postgres.ts';

test('six processes may migrate the same empty database at once', async () => {
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

/** Brings a database to where the first `count` migrations left it: an older server's. */
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

test('a feed that was written before entries knew whether they are the latest', async () => {
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
