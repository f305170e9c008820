import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LoopbackFixture, openBridge, startLoopbackFixture } from '../../support/shells/loopback-fixture.ts';

let shell: LoopbackFixture;
beforeEach(async () => {
  shell = await startLoopbackFixture();
});
afterEach(() => shell.close());

function pathOf(link: string): string {
  const url = new URL(link);
  return `${url.pathname}${url.search}`;
}

describe('the one-time link', () => {
  test('works once and sets a cookie that is HttpOnly and SameSite=Strict', async () => {
    const path = pathOf(shell.server.issueLink());
    const first = await shell.visit({ path });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);

    const second = await shell.visit({ path });
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body.toString()).toContain('Enter in the terminal');
    expect(second.body.toString()).toContain('npm start');
  });

  test('contains a new 256-bit token each time', () => {
    const tokens = [shell.server.issueLink(), shell.server.issueLink()].map((link) =>
      new URL(link).searchParams.get('token'),
    );
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(Buffer.from(token ?? '', 'base64url')).toHaveLength(32);
  });

  test('expires when a newer one is issued', async () => {
    const older = pathOf(shell.server.issueLink());
    shell.server.issueLink();
    expect((await shell.visit({ path: older })).status).toBe(401);
  });

  test.each(['', 'x', 'A'.repeat(43), '\u0000', 'A'.repeat(5000)])('the wrong token %j is refused', async (guess) => {
    shell.server.issueLink();
    const answer = await shell.visit({ path: `/?token=${encodeURIComponent(guess)}` });
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('followed from another site refreshes the page, because a redirect would lose the strict cookie', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const answer = await shell.visit({ path: pathOf(shell.server.issueLink()), headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.refresh).toBe('0; url=/');
    expect(answer.headers['set-cookie']).toHaveLength(1);
  });

  test('reloaded by a signed-on browser redirects to the start page', async () => {
    const path = pathOf(shell.server.issueLink());
    const cookie = ((await shell.visit({ path })).headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    expect((await shell.visit({ path, headers: { cookie } })).status).toBe(303);
  });
});

describe('without a session', () => {
  test.each([
    ['GET', '/', 401],
    ['GET', '/assets/main-abc123.js', 401],
    ['GET', '/media/thumbnails/x', 401],
    ['PUT', '/stage?project=x&name=x&size=0', 401],
  ])('%s %s is refused', async (method, path, status) => {
    const headers: Record<string, string> = method === 'PUT' ? { origin: shell.origin } : {};
    expect((await shell.visit({ method, path, headers })).status).toBe(status);
    expect(shell.application.staged).toEqual([]);
  });

  test('a second cookie of the same name, whichever comes first, does not shut the page out', async () => {
    const cookie = await shell.enter();
    const planted = `gabinet_session_${shell.server.port}=${'A'.repeat(43)}`;
    for (const both of [`${planted}; ${cookie}`, `${cookie}; ${planted}`]) {
      expect((await shell.visit({ path: '/', headers: { cookie: both } })).status).toBe(200);
    }
    expect((await shell.visit({ path: '/', headers: { cookie: `${planted}; ${planted}` } })).status).toBe(401);
  });

  test('a cookie of another port or with another value is ignored', async () => {
    const cookie = await shell.enter();
    const value = cookie.split('=')[1] ?? '';
    const port = shell.server.port;
    for (const wrong of [
      `gabinet_session_${port + 1}=${value}`,
      `gabinet_session_${port}=${value.slice(1)}A`,
      `gabinet_session_${port}=`,
    ]) {
      expect((await shell.visit({ path: '/', headers: { cookie: wrong } })).status).toBe(401);
    }
    expect((await shell.visit({ path: '/', headers: { cookie: `other=1; ${cookie}` } })).status).toBe(200);
  });

  test('the bridge does not open', async () => {
    const url = `ws://127.0.0.1:${shell.server.port}/bridge`;
    await expect(openBridge(url, { origin: shell.origin })).rejects.toThrow('403');
  });
});

describe('another host name or page', () => {
  test.each(['evil.example', 'localhost', '127.0.0.1', '[::1]'])('Host %s is refused (DNS rebinding)', async (host) => {
    const cookie = await shell.enter();
    const answer = await shell.visit({
      path: '/',
      headers: { cookie, host: `${host}:${shell.server.port + (host === '127.0.0.1' ? 1 : 0)}` },
    });
    expect(answer.status).toBe(403);
  });

  test('a foreign Origin is refused on reads, writes and the bridge', async () => {
    const cookie = await shell.enter();
    const origin = `http://127.0.0.1:${shell.server.port + 1}`;
    const headers = { cookie, origin };
    expect((await shell.visit({ path: '/assets/main-abc123.js', headers })).status).toBe(403);
    expect((await shell.visit({ method: 'PUT', path: '/stage', headers })).status).toBe(403);
    await expect(openBridge(`ws://127.0.0.1:${shell.server.port}/bridge`, headers)).rejects.toThrow('403');
  });

  test('a write or a bridge without an Origin is refused', async () => {
    const cookie = await shell.enter();
    expect((await shell.visit({ method: 'PUT', path: '/stage', headers: { cookie } })).status).toBe(403);
    await expect(openBridge(`ws://127.0.0.1:${shell.server.port}/bridge`, { cookie })).rejects.toThrow('403');
  });

  test('the bridge opens at its own path only', async () => {
    const cookie = await shell.enter();
    const headers = { cookie, origin: shell.origin };
    await expect(openBridge(`ws://127.0.0.1:${shell.server.port}/other`, headers)).rejects.toThrow('403');
  });

  test.each(['same-site', 'cross-site'])(
    'a %s page may not load our parts, but may link to the window',
    async (site) => {
      const cookie = await shell.enter();
      const headers = { cookie, 'sec-fetch-site': site };
      expect((await shell.visit({ path: '/assets/main-abc123.js', headers })).status).toBe(403);
      expect((await shell.visit({ path: '/media/thumbnails/x', headers })).status).toBe(403);
      expect((await shell.visit({ path: '/', headers })).status).toBe(200);
    },
  );
});
