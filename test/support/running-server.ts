import { onTestFinished } from 'vitest';
import { startTestServer, type TestServer, type TestServerOptions } from './server.ts';

/**
 * A server that stops after the test. Its projects are in the change feed, as if an administrator
 * had created them.
 */
export async function runningServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  onTestFinished(() => cutting(server, () => server.stop()));
  const ada = server.client(server.people.ada.token);
  for (const { uuid, name } of Object.values(server.projects)) {
    await ada.send('PATCH', `/api/admin/projects/${uuid}`, { body: { name: `${name} (new)` } });
    await ada.send('PATCH', `/api/admin/projects/${uuid}`, { body: { name } });
  }
  return server;
}

/** Disconnects the server from its clients, as a crash would; database and files stay. */
export function takeAway(server: TestServer): Promise<void> {
  return cutting(server, () => server.app.http.close());
}

/**
 * Graceful closing waits for connections that clients only keep in reserve; here all clients are in
 * this process.
 */
async function cutting(server: TestServer, close: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => server.app.http.server.closeAllConnections(), 20);
  try {
    await close();
  } finally {
    clearInterval(timer);
  }
}
