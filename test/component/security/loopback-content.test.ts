import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LoopbackFixture, startLoopbackFixture } from '../../support/shells/loopback-fixture.ts';

let shell: LoopbackFixture;
let cookie: string;
beforeEach(async () => {
  shell = await startLoopbackFixture();
  cookie = await shell.enter();
});
afterEach(() => shell.close());

const get = (path: string) => shell.visit({ path, headers: { cookie } });

describe('static files', () => {
  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/assets%2f..%2f..%2fsecret.json',
    '/%252e%252e/secret.json',
    '//secret.json',
    '/./secret.json',
    '/index.html%00.js',
    '/C:/secret.json',
    '/assets/.hidden.js',
    '/%',
    '/assets',
    '/nothing.js',
  ])('%s is not found, and nothing outside is read', async (path) => {
    const answer = await get(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.toString()).not.toContain('secret":');
  });

  test('an absolute address in the request line is refused', async () => {
    expect((await get('http://evil.example/')).status).toBe(400);
  });

  test('every response of the document has a new nonce in its policy and markup', async () => {
    const answers = [await get('/'), await get('/')];
    const nonces = answers.map((answer) => {
      const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
      expect(answer.body.toString()).toContain(`<meta nonce="${nonce}">`);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    expect(answers[0]?.headers['cache-control']).toBe('no-store');
  });

  test('files named by their content are cached forever and have the right type', async () => {
    const answer = await get('/assets/main-abc123.js');
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  test.each(['POST', 'DELETE', 'OPTIONS', 'PATCH'])('%s requests are refused', async (method) => {
    expect((await shell.visit({ method, path: '/', headers: { cookie, origin: shell.origin } })).status).toBe(405);
  });
});

describe('headers', () => {
  test.each(['/', '/assets/main-abc123.js', '/nothing.js', '/media/thumbnails/none'])(
    '%s is protected',
    async (path) => {
      const { headers } = await get(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    },
  );

  test('responses without a session and refusals have the protective headers, too', async () => {
    for (const headers of [{}, { host: 'evil.example' }] as Record<string, string>[]) {
      const answer = await shell.visit({ path: '/', headers });
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    }
  });
});

describe('pictures', () => {
  test('pictures are requested from the application by their relative address', async () => {
    const asked: string[] = [];
    shell.application.picture = (path) => {
      asked.push(path);
      return { bytes: new Uint8Array([1, 2, 3]), contentType: 'image/webp', immutable: true };
    };
    const answer = await get('/media/thumbnails/abc?v=12');
    expect(asked).toEqual(['media/thumbnails/abc?v=12']);
    expect([...answer.body]).toEqual([1, 2, 3]);
    expect(answer.headers['content-type']).toBe('image/webp');
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  test('an error of the application becomes a 500 without details', async () => {
    shell.application.picture = () => {
      throw new Error('/home/somebody/private');
    };
    const answer = await get('/media/thumbnails/abc');
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).not.toContain('private');
    expect(shell.log.lines.join('\n')).toContain('private');
  });
});
