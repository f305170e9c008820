import { onTestFinished } from 'vitest';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

/** A server that ends with the test, whose projects are in the change feed like those that an admin made. */
export async function runningServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  onTestFinished(() => server.stop());
  const ada = server.client(server.people.ada.token);
  for (const { uuid, name } of Object.values(server.projects)) {
    await ada.send('PATCH', `/api/admin/projects/${uuid}`, { body: { name: `${name} (new)` } });
    await ada.send('PATCH', `/api/admin/projects/${uuid}`, { body: { name } });
  }
  return server;
}
