import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MIB } from '../../../shared/lib/sizes.ts';
import {
  answerTo,
  hasProxy,
  openCall,
  type ProxyCall,
  proxyNames,
  type ReverseProxy,
  startProxy,
} from '../../support/reverse-proxy.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

// The configurations of docs/examples, in the proxies themselves.

const LINK_TOKEN = 'Zm9yLXRoZS1sb2dzLW9mLXRoZS1wcm94eS10ZXN0cy0';

describe.each(proxyNames)('%s with its example', (name) => {
  describe.skipIf(!hasProxy(name))('where it is installed', () => {
    let folder: string;
    let server: TestServer;
    let proxy: ReverseProxy;
    const logged: string[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gabinet-test-proxy-'));
      server = await startTestServer({
        allowedHosts: ['gabinet.example'],
        trustedProxies: ['127.0.0.1'],
        metricsToken: 'a-token-for-prometheus',
        logTo: { write: (line: string) => void logged.push(line) },
      });
      proxy = await startProxy(name, folder, Number(new URL(server.url).port));
    });
    afterAll(async () => {
      await proxy?.stop();
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const authorization = () => ({ authorization: `Bearer ${server.people.dana.token}` });
    const get = async (call: ProxyCall) => {
      const sent = openCall(proxy.port, call);
      sent.end();
      const answer = await answerTo(sent);
      return { status: answer.statusCode, body: await text(answer) };
    };

    test('an upload larger than its buffers reaches the server while it is sent', async () => {
      const headers = { ...authorization(), 'content-type': 'multipart/form-data; boundary=b' };
      const path = `/api/customer/projects/${server.projects.kiosk.uuid}/avatars`;
      const sent = openCall(proxy.port, { method: 'POST', path, headers });
      const answer = answerTo(sent);
      sent.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.gab"\r\n\r\n');
      sent.write(Buffer.alloc(3 * MIB, 1));
      await vi.waitFor(async () => expect(await readdir(join(server.dataDir, 'incoming'))).toHaveLength(1), 30_000);
      sent.end('the end\r\n--b--\r\n');
      const { statusCode } = await answer;
      expect(statusCode).toBe(201);
    });

    test('an upload that the server refuses gets its reason', async () => {
      const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': String(2 * MIB) };
      const path = `/api/customer/projects/${server.projects.kiosk.uuid}/avatars`;
      const sent = openCall(proxy.port, { method: 'POST', path, headers });
      const answer = answerTo(sent);
      sent.write('--b\r\n');
      const { statusCode } = await answer;
      expect(statusCode).toBe(401);
      sent.destroy();
    });

    test('an event arrives when it happens', async () => {
      const sent = openCall(proxy.port, { path: '/api/customer/changes/events', headers: authorization() });
      sent.end();
      const answer = await answerTo(sent);
      expect(answer.headers['content-type']).toContain('text/event-stream');
      const events = answer.setEncoding('utf8')[Symbol.asyncIterator]();
      const first = await events.next();
      const manager = server.client(server.people.mira.token);
      await manager.send('PATCH', `/api/customer/projects/${server.projects.kiosk.uuid}`, {
        body: { name: 'Renamed' },
      });
      let received = String(first.value);
      const before = received.length;
      while (!received.slice(before).includes('data:')) received += String((await events.next()).value);
      answer.destroy();
    });

    test('the server sees the address of the client, and not what the client claims', async () => {
      logged.length = 0;
      await get({ path: '/api/server', headers: { 'x-forwarded-for': '203.0.113.7' } });
      const lines = await vi.waitFor(() => {
        const all = logged.join('');
        expect(all).toContain('/api/server');
        return all;
      });
      expect(lines).toContain('127.0.0.2');
      expect(lines).not.toContain('203.0.113.7');
    });

    test('health and metrics are not for the public', async () => {
      for (const path of ['/health/live', '/health/ready', '/metrics']) expect((await get({ path })).status).toBe(404);
      expect((await get({ path: '/api/health' })).status).toBe(200);
    });

    test('tokens of links and queries are not in its logs, also when the server is away', async () => {
      const paths = [`/reset/${LINK_TOKEN}`, `/api/auth/links/x?token=${LINK_TOKEN}`];
      for (const path of paths) await get({ path });
      // Last of all tests: from here on the server is away.
      server.app.http.server.closeAllConnections();
      await server.app.http.close();
      for (const path of paths) expect((await get({ path })).status).toBe(502);
      const logs = await vi.waitFor(async () => {
        const all = await proxy.logs();
        expect(all).toContain('/reset/');
        expect(all).toContain('502');
        return all;
      });
      expect(logs).not.toContain(LINK_TOKEN);
    });
  });
});
