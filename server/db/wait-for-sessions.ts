import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** A command of an operator takes seconds to hours; nobody notices a fifth of a second. */
const LOOK_INTERVAL_MS = 200;

/**
 * Resolves when nobody else uses the database, so that stopping its PostgreSQL cuts off no other
 * command. `onWait`: called once if somebody does.
 */
export async function waitForSessions(databaseUrl: string, onWait: () => void): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'gabinet-last-one' });
  // The next query rejects.
  client.on('error', () => undefined);
  await client.connect();
  try {
    if ((await countOthers(client)) === 0) return;
    onWait();
    while ((await countOthers(client)) > 0) await delay(LOOK_INTERVAL_MS);
  } finally {
    await client.end();
  }
}

/** Commands that wait in the same way do not count, or two would wait for each other. */
async function countOthers(client: Client): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    `select count(*)::int as others from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and backend_type = 'client backend' and application_name <> 'gabinet-last-one'`,
  );
  return rows[0]?.others ?? 0;
}
