import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { runServer } from '../../../server/run-server.ts';
import { readSettings } from '../../../server/settings.ts';
import { ApiClient } from '../../support/api-client.ts';
import { createEmptyDatabase } from '../../support/postgres.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Starts servers on one new database and one data folder, all at the same moment. */
async function startAtOnce(count: number, environment: Readonly<Record<string, string>>) {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  const dataDir = await tempFolder();
  const settings = readSettings({ PORT: '0', DATABASE_URL: database.url, DATA_DIR: dataDir, ...environment }, dataDir);
  if (!settings.ok) throw new Error(settings.failure);
  const log = pino({ level: 'silent' });
  const starts = Array.from({ length: count }, () => runServer(settings.value, log));
  // If one fails, the others are stopped all the same.
  const ended = await Promise.allSettled(starts);
  const servers = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });
  expect(ended.map((one) => (one.status === 'fulfilled' ? 'started' : one.reason))).toEqual(
    Array.from({ length: count }, () => 'started'),
  );
  return servers;
}

test('two first starts on one database both come up, and make one demo', async () => {
  const servers = await startAtOnce(2, { DEMO: '1' });
  for (const { url } of servers) {
    const body = { email: 'designer@aurora.example', password: 'gabinet-demo' };
    const { token } = await (await new ApiClient(url, null).send('POST', '/api/auth/sessions', { body })).json();
    const { projects } = await (await new ApiClient(url, token).get('/api/customer/projects')).json();
    expect(projects).toMatchObject([
      { name: 'Concierge desk', avatar_count: 2 },
      { name: 'Lobby kiosk', avatar_count: 2 },
    ]);
  }
});

test('of several setup links of first starts on one database the newest works', async () => {
  const servers = await startAtOnce(3, {});
  const statuses = await Promise.all(servers.map(async ({ setupUrl }) => (await fetch(setupUrl ?? '')).status));
  expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 410, 410]);
});
