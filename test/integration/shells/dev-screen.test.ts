import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../node/free-port.ts';
import { startDevScreen } from '../../../scripts/dev-screen.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');

/** The screen's development server in front of a shell that echoes its requests. */
async function devScreen() {
  const asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  const shell = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    response.end('the shell');
  });
  await new Promise<void>((resolve) => shell.listen(0, '127.0.0.1', resolve));
  const { port: shellPort } = shell.address() as AddressInfo;
  const port = await freePort(0);
  const screen = await startDevScreen({ port, shellPort, projectDir: PROJECT });
  onTestFinished(async () => {
    await screen.close();
    shell.closeAllConnections();
    shell.close();
  });
  return { asked, screen, shellPort, url: `http://127.0.0.1:${port}` };
}

describe('the screen in development', () => {
  test('is served with the shells’ policy, and its inline scripts carry the document’s nonce', async () => {
    const { url } = await devScreen();
    const pages = await Promise.all([fetch(`${url}/`), fetch(`${url}/`)]);
    const nonces = pages.map(({ headers }) => /script-src 'self' 'nonce-([\w-]{22})';/.exec(policyOf(headers))?.[1]);
    expect(nonces[0]).toBeDefined();
    expect(nonces[1]).not.toBe(nonces[0]);
    for (const { headers } of pages) expect(policyOf(headers)).not.toMatch(/unsafe|\*/);
    const html = await pages[0]?.text();
    const scripts = html?.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(1);
    for (const script of scripts) expect(script).toContain(`nonce="${nonces[0]}"`);
  });

  test('forwards the shell’s requests with the origin of the shell’s own page', async () => {
    const { url, asked, shellPort, screen } = await devScreen();
    const link = screen.enter(`http://127.0.0.1:${shellPort}/?token=abc`);
    expect(link).toBe(`${url}/?token=abc`);
    expect(await (await fetch(link)).text()).toBe('the shell');
    await fetch(`${url}/media/thumbnails/1`, { headers: { origin: url } });
    const own = `127.0.0.1:${shellPort}`;
    expect(asked).toMatchObject([
      { url: '/?token=abc', headers: { host: own } },
      { url: '/media/thumbnails/1', headers: { host: own, origin: `http://${own}` } },
    ]);
  });

  test('forwards another page’s origin unchanged, so that the shell refuses it', async () => {
    const { url, asked } = await devScreen();
    await fetch(`${url}/media/thumbnails/1`, { headers: { origin: 'http://127.0.0.1:9' } });
    expect(asked[0]?.headers.origin).toBe('http://127.0.0.1:9');
  });
});

function policyOf(headers: Headers): string {
  return headers.get('content-security-policy') ?? '';
}
