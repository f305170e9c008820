import { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { jobConnections } from '../../../server/jobs/job-connections.ts';
import { createTestDatabase } from '../../support/postgres.ts';

/** A pool with one connection, for which nobody waits long. */
async function smallPool(): Promise<Pool> {
  const database = await createTestDatabase();
  const pool = new Pool({ connectionString: database.url, max: 1, connectionTimeoutMillis: 1000 });
  onTestFinished(async () => {
    await pool.end();
    await database.drop();
  });
  return pool;
}

test('the end waits for connections that are lent, and for those that somebody waits for', async () => {
  const pool = await smallPool();
  const connections = jobConnections(pool);
  const first = await connections.pool.connect();
  const second = connections.pool.connect();
  const order: string[] = [];
  const stopped = connections.stop().then(() => order.push('stopped'));
  await first.query('select 1');
  first.release();
  const client = await second;
  await client.query('select 1');
  order.push('released');
  client.release();
  await stopped;
  expect(order).toEqual(['released', 'stopped']);
});

test('a connection that is not available in time counts as a timeout, which is tried again', async () => {
  const pool = await smallPool();
  const connections = jobConnections(pool);
  const held = await connections.pool.connect();
  await expect(connections.pool.connect()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  held.release();
  await connections.stop();
});

test('after the end nobody gets a connection, and nobody gets an error', async () => {
  const pool = await smallPool();
  const connections = jobConnections(pool);
  await connections.stop();
  const late = connections.pool.connect().then(
    () => 'connected',
    () => 'refused',
  );
  await pool.query('select 1');
  expect(await Promise.race([late, Promise.resolve('waiting')])).toBe('waiting');
});
