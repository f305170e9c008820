import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { serveAppProtocol } from '../../../main/ipc/electron/app-protocol.ts';
import {
  createFakeApplication,
  type FakeApplication,
  recordingLog,
  temporaryFolder,
} from '../../support/shells/fake-application.ts';

let application: FakeApplication;
let ask: (url: string, method?: string, origin?: string) => Promise<Response>;

beforeEach(async () => {
  application = await createFakeApplication();
  const rendererDir = join(await temporaryFolder('renderer'), 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><p>renderer</p>');
  await writeFile(join(rendererDir, 'assets', 'main-abc.js'), 'export {};');
  await writeFile(join(rendererDir, 'preview.html'), '<!doctype html><p>frame</p>');
  await writeFile(join(rendererDir, 'assets', 'frame-abc.js'), 'export {};');
  await writeFile(
    join(rendererDir, 'build-files.json'),
    '{"preview.html":{"file":"assets/frame-abc.js"},"index.html":{"file":"assets/main-abc.js"}}',
  );
  await writeFile(join(rendererDir, '..', 'secret.json'), '{}');
  const handlers = new Map<string, (request: Request) => Promise<Response> | Response>();
  const protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response> | Response) =>
      void handlers.set(scheme, handler),
  };
  serveAppProtocol({ protocol, application, rendererDir, frameDir: rendererDir, log: recordingLog() });
  // Has only what the handler reads, because Node's own Request would refuse some of these
  // addresses.
  ask = async (url, method = 'GET', origin) => {
    const headers = new Headers(origin === undefined ? {} : { origin });
    return (await handlers.get('app')?.({ url, method, headers } as Request)) ?? Response.error();
  };
});

describe('app://gabinet/', () => {
  test('serves the document with its policy', async () => {
    const answer = await ask('app://gabinet/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await answer.text()).toContain('renderer');
  });

  test('serves built files and pictures', async () => {
    application.picture = (path) =>
      path === 'media/staged/1' ? { bytes: new Uint8Array([9]), contentType: 'image/png', immutable: false } : null;
    expect(await (await ask('app://gabinet/assets/main-abc.js')).text()).toBe('export {};');
    expect([...new Uint8Array(await (await ask('app://gabinet/media/staged/1')).arrayBuffer())]).toEqual([9]);
    expect((await ask('app://gabinet/media/staged/2')).status).toBe(404);
  });

  test.each([
    'app://gabinet/../secret.json',
    'app://gabinet/%2e%2e%2fsecret.json',
    'app://gabinet/assets/..%5c..%5csecret.json',
  ])('%s is not found', async (url) => expect((await ask(url)).status).toBe(404));

  test.each(['app://evil/', 'app://gabinet.evil/', 'app://user@gabinet/', 'https://gabinet/'])(
    '%s is refused',
    async (url) => {
      expect((await ask(url)).status).toBe(403);
    },
  );

  test('serves the preview frame with its own policy', async () => {
    const policy = (await ask('app://gabinet/preview.html')).headers.get('content-security-policy');
    expect(policy).toContain('sandbox allow-scripts;');
    expect(policy).toContain('connect-src blob: data:;');
  });

  test('serves only the frame’s code to a document without an origin', async () => {
    application.picture = () => ({ bytes: new Uint8Array([9]), contentType: 'image/png', immutable: false });
    const code = await ask('app://gabinet/assets/frame-abc.js', 'GET', 'null');
    expect([code.status, code.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    for (const path of ['', 'preview.html', 'assets/main-abc.js', 'media/bundles/1', 'media/staged/1']) {
      const answer = await ask(`app://gabinet/${path}`, 'GET', 'null');
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
  });

  test('refuses methods other than GET and HEAD', async () => {
    expect((await ask('app://gabinet/', 'POST')).status).toBe(405);
  });

  test('does not reveal details of an internal error', async () => {
    application.picture = () => {
      throw new Error('/home/somebody');
    };
    const answer = await ask('app://gabinet/media/thumbnails/1');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('somebody');
  });
});
