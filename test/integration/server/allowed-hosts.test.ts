import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ allowedHosts: ['gabinet.example'] });
});
afterEach(() => server.stop());

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** `fetch` does not let anybody choose the Host header. */
function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, server.url), { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const isProblem = response.headers['content-type']?.startsWith('application/problem+json');
        const code = isProblem ? (JSON.parse(text).code as string) : null;
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

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
