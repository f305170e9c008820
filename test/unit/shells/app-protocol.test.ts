import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { serveAppProtocol } from '../../../main/ipc/electron/app-protocol.ts';
import {
  createFakeApplication,
  type FakeApplication,
  recordingLog,
  temporaryFolder,
} from './support/fake-application.ts';

let application: FakeApplication;
let ask: (url: string, method?: string) => Promise<Response>;

beforeEach(async () => {
  application = await createFakeApplication();
  const rendererDir = join(await temporaryFolder('renderer'), 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><p>renderer</p>');
  await writeFile(join(rendererDir, 'assets', 'main-abc.js'), 'export {};');
  await writeFile(join(rendererDir, '..', 'secret.json'), '{}');
  const handlers = new Map<string, (request: Request) => Promise<Response> | Response>();
  const protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response> | Response) =>
      void handlers.set(scheme, handler),
  };
  serveAppProtocol({ protocol, application, rendererDir, log: recordingLog() });
  // Only what the handler reads: Node's own Request would refuse some of these addresses before we can.
  ask = async (url, method = 'GET') => (await handlers.get('app')?.({ url, method } as Request)) ?? Response.error();
});

describe('app://gabinet/', () => {
  test('answers the document with its policy', async () => {
    const answer = await ask('app://gabinet/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await answer.text()).toContain('renderer');
  });

  test('answers built files and pictures', async () => {
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

  test('only reads', async () => {
    expect((await ask('app://gabinet/', 'POST')).status).toBe(405);
  });

  test('tells nothing of an error inside', async () => {
    application.picture = () => {
      throw new Error('/home/somebody');
    };
    const answer = await ask('app://gabinet/media/thumbnails/1');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('somebody');
  });
});
