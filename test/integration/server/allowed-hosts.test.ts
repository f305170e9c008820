import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askHost } from '../../support/ask-host.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ allowedHosts: ['gabinet.example'] });
});
afterEach(() => server.stop());

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  askHost(`${server.url}${path}`, { headers, method });

describe('a page that was rebound to the server', () => {
  test.each([
    ['GET', '/api/server'],
    ['GET', '/api/health'],
    ['GET', '/api/docs'],
    ['GET', '/api/docs/static/index.html'],
    ['GET', '/api/openapi.json'],
    ['GET', '/api/auth/me'],
    ['POST', '/api/auth/sessions'],
    ['GET', '/no-such-page'],
    ['GET', '/reset/no-such-token'],
    ['OPTIONS', '/api/server'],
  ])('reads nothing from %s %s', async (method, path) => {
    const { status, code, headers } = await ask(path, { host: 'rebound.example:4610' }, method);
    expect([status, code]).toEqual([421, 'host_not_allowed']);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.each([
    ['rebound.example', 'localhost'],
    ['localhost', 'rebound.example'],
  ])('cannot send Host %s with a forwarded host %s through a trusted proxy', async (host, forwarded) => {
    await server.stop();
    server = await startTestServer({ trustedProxies: 1 });
    const headers = { host, 'x-forwarded-host': forwarded, 'x-forwarded-for': '203.0.113.7' };
    expect((await ask('/api/server', headers)).status).toBe(421);
    expect((await ask('/api/server', { ...headers, host: 'localhost', 'x-forwarded-host': 'localhost' })).status).toBe(
      200,
    );
  });
});

test.each(['localhost', 'gabinet.example', 'gabinet.example:443', '127.0.0.1'])(
  'a request to %s is handled',
  async (host) => {
    expect((await ask('/api/server', { host })).status).toBe(200);
  },
);
