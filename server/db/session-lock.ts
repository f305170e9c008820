import { Client } from 'pg';

/**
 * Runs `work` while no other process does any under the same advisory lock of the database `url`.
 * The others wait. The lock belongs to a separate connection, which `work` may use: it ends with
 * the connection, and rejects if that breaks, because then somebody else may have the lock.
 */
export async function withSessionLock<Value>(
  url: string,
  lock: number,
  work: (client: Client) => Promise<Value>,
): Promise<Value> {
  const client = new Client({ connectionString: url });
  const broken = Promise.withResolvers<never>();
  client.on('error', broken.reject);
  // If it breaks before or after `work`, the call that notices rejects.
  broken.promise.catch(() => undefined);
  await connect(client);
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    return await Promise.race([work(client), broken.promise]);
  } finally {
    await client.end();
  }
}

/** An operator with a wrong address must see what was not reached. */
async function connect(client: Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw new Error('No connection to the database', { cause: error });
  }
}
