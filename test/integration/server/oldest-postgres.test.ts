import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { ensureDatabase } from '../../../server/db/migrate.ts';
import { OLDEST_POSTGRES } from '../../../server/db/postgres-version.ts';
import { runServer } from '../../../server/run-server.ts';
import { readSettings } from '../../../server/settings.ts';
import { ApiClient } from '../../support/api-client.ts';
import { findSystemPostgres, startSystemPostgres } from '../../support/system-postgres.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const installed = findSystemPostgres(OLDEST_POSTGRES);

async function startDemo(rootDir: string) {
  const postgres = await startSystemPostgres(rootDir);
  onTestFinished(() => postgres.stop());
  const url = await ensureDatabase(postgres.url, 'gabinet');
  const dataDir = await tempFolder();
  const settings = readSettings({ PORT: '0', DEMO: '1', DATABASE_URL: url, DATA_DIR: dataDir }, dataDir);
  if (!settings.ok) throw new Error(settings.failure);
  const server = await runServer(settings.value, pino({ level: 'silent' }));
  onTestFinished(() => server.close());
  return server;
}

// All other tests run on the embedded PostgreSQL, the newest one.
test.skipIf(installed === null)(
  `on PostgreSQL ${OLDEST_POSTGRES} a server makes its tables and its demo, serves, and restores from the trash`,
  async () => {
    const server = await startDemo(installed ?? '');
    const body = { email: 'manager@aurora.example', password: 'gabinet-demo' };
    const session = await new ApiClient(server.url, null).send('POST', '/api/auth/sessions', { body });
    const client = new ApiClient(server.url, (await session.json()).token);
    const get = async (path: string) => {
      const response = await client.get(path);
      expect(response.status, path).toBe(200);
      return response.json();
    };
    expect((await client.get('/health/ready')).status).toBe(200);
    const { projects } = await get('/api/customer/projects');
    const { uuid } = projects[0].active_avatar;
    await get(`/api/customer/projects/${projects[0].uuid}/avatars?q=mage`);
    expect((await get('/api/customer/changes')).changes.length).toBeGreaterThan(0);
    expect((await client.send('DELETE', `/api/customer/avatars/${uuid}?scope=avatar`)).status).toBe(200);
    expect((await client.send('POST', `/api/customer/avatars/${uuid}/restore`)).status).toBe(200);
  },
);
