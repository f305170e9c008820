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
