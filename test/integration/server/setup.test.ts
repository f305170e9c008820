import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../support/browser.ts';
import { type SpawnedServer, spawnServer } from '../../support/spawn-server.ts';

// The first start of the real server process, and its setup in a browser.

const PASSWORD = 'four words from nowhere';
const SETUP_LINE = /^setup: (https?:\S+)$/;

let dataDir: string;
let browser: Browser;
let running: SpawnedServer | null = null;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gabinet-test-setup-'));
  await chmod(dataDir, 0o755);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await running?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function restart(environment: Record<string, string> = {}): Promise<SpawnedServer> {
  await running?.stop();
  running = await spawnServer({ DATA_DIR: dataDir, LOG_LEVEL: 'info', ...environment });
  return running;
}
const setupLink = ({ stdout }: SpawnedServer) => stdout.map((line) => SETUP_LINE.exec(line)?.[1]).find(Boolean) ?? null;
const pathOf = (link: string | null) => new URL(link ?? '').pathname;

test('each start prints a new setup link until the first administrator exists', async () => {
  const first = setupLink(await restart());
  const server = await restart({ PUBLIC_URL: 'https://gabinet.example.com/' });
  const second = setupLink(server);
  expect(second).toMatch(/^https:\/\/gabinet\.example\.com\/setup\/[\w-]{43}$/);
  expect((await fetch(server.url + pathOf(first))).status).toBe(410);
  expect((await fetch(server.url + pathOf(second))).status).toBe(200);
  expect((await fetch(`${server.url}/api/auth/me`)).status).toBe(503);

  const page = await browser.newPage();
  await page.goto(server.url + pathOf(second));
  await page.getByLabel('Name').fill('Nora');
  await page.getByLabel('E-mail').fill('nora@gabinet.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button').click();
  await page.getByText('Enter this server address: https://gabinet.example.com').waitFor();

  const body = JSON.stringify({ email: 'nora@gabinet.example', password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${server.url}/api/auth/sessions`, { method: 'POST', headers, body });
  expect((await signedIn.json()).user).toMatchObject({ name: 'Nora', is_admin: true });
  expect(server.stderr.join('\n')).toContain('/setup/…');
  expect(server.stderr.join('\n')).not.toContain(pathOf(second));

  const third = await restart();
  expect(third.stdout).toEqual([`listening on ${third.url}`]);
  expect((await fetch(third.url + pathOf(second))).status).toBe(410);
});
