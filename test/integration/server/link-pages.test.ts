import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { users } from '../../../server/db/schema/users.ts';
import { issueTestLink } from '../../support/account-links.ts';
import { accessibilityViolations, launchChromium } from '../../support/browser.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addPerson, type TestPerson } from '../../support/world.ts';

const NEW_PASSWORD = 'four words from nowhere';
const HOSTILE_NAME = `"><script>document.title='owned'</script><b title='`;

/** What browsers say on their own: they ask for an icon, and name each refused status. */
const FAVICON = /favicon/;
const STATUS = /Failed to load resource: the server responded with a status of 4\d\d/;

let server: TestServer;
let fresh: TestServer;
let browser: Browser;
let context: BrowserContext | null = null;
let count = 0;
/** What the console said, such as that the policy has refused something. */
const said: string[] = [];

beforeAll(async () => {
  server = await startTestServer();
  fresh = await startTestServer();
  await fresh.database.db.update(users).set({ isAdmin: false });
  browser = await launchChromium();
});
afterEach(async () => {
  await context?.close();
  context = null;
  expect(said.splice(0).filter((text) => !FAVICON.test(text) && !STATUS.test(text))).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await fresh.stop();
});

/** A page that must neither run scripts nor load anything but itself. */
async function open(url: string, options: { colorScheme?: 'light' | 'dark'; width?: number } = {}): Promise<Page> {
  const { colorScheme = 'light', width = 1024 } = options;
  context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  const page = await context.newPage();
  page.on('console', (message) => void said.push(message.text()));
  await page.goto(url);
  return page;
}

function someone(name = 'Erik'): Promise<TestPerson> {
  count += 1;
  return addPerson(server.database.db, {
    name,
    email: `page-${count}@aurora.example`,
    role: 'viewer',
    customerId: server.customers.aurora.id,
  });
}

const signIn = (on: TestServer, email: string) =>
  on.client().send('POST', '/api/auth/sessions', { body: { email, password: NEW_PASSWORD } });

describe('the pages', () => {
  test('for the setup create the first administrator, after the errors beside the fields are gone', async () => {
    const page = await open(`${fresh.url}/setup/${await issueTestLink(fresh, 'setup', null)}`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Set up this server');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    expect(await page.title()).toBe('Error: Set up this server - Gabinet');
    expect(await page.getByRole('alert').allTextContents()).toEqual([
      "Your name can't be empty.",
      'This is not an e-mail address.',
      'The password needs at least 12 characters.',
    ]);
    await page.getByLabel('Name').fill('Nora');
    await page.getByLabel('E-mail').fill('Nora@Gabinet.example');
    await page.getByLabel('Password').fill('passwordpassword');
    await page.getByRole('button').click();
    expect(await page.getByRole('alert').allTextContents()).toEqual(['The password is one of the most common ones.']);
    expect(await page.getByLabel('Name').inputValue()).toBe('Nora');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await page.getByLabel('Password').fill(NEW_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The server is set up' }).waitFor();
    const steps = await page.getByRole('listitem').allTextContents();
    expect(steps).toEqual([
      'Open Gabinet on your computer.',
      `Enter this server address: ${fresh.url}`,
      'Sign in as nora@gabinet.example with the password you have just chosen.',
    ]);
    expect((await (await signIn(fresh, 'nora@gabinet.example')).json()).user.is_admin).toBe(true);
  });

  test('for an invitation and a reset name the account, and set its password', async () => {
    for (const kind of ['invitation', 'reset'] as const) {
      const person = await someone();
      const url = `${server.url}/${kind}/${await issueTestLink(server, kind, person)}`;
      const page = await open(url);
      expect(await page.getByLabel('E-mail').inputValue()).toBe(person.email);
      expect(await page.getByLabel('E-mail').isEditable()).toBe(false);
      expect(await page.getByLabel('Name').count()).toBe(kind === 'invitation' ? 1 : 0);
      await page.getByLabel('Password').fill(NEW_PASSWORD);
      await page.getByRole('button').click();
      await page.getByText(`Sign in as ${person.email}`).waitFor();
      expect((await signIn(server, person.email)).status).toBe(201);
      const again = await server.client().get(new URL(url).pathname);
      expect(again.status).toBe(410);
      await context?.close();
    }
  });

  test('show hostile names as text', async () => {
    const person = await someone(HOSTILE_NAME);
    const page = await open(`${server.url}/invitation/${await issueTestLink(server, 'invitation', person)}`);
    expect(await page.getByLabel('Name').inputValue()).toBe(HOSTILE_NAME);
    expect(await page.locator('script, b').count()).toBe(0);
    expect(await page.title()).toBe('Welcome to Gabinet - Gabinet');
  });

  const scenes = ['form', 'errors', 'done', 'invalid'] as const;
  test.each((['light', 'dark'] as const).flatMap((colorScheme) => scenes.map((scene) => ({ colorScheme, scene }))))(
    'break no accessibility rule and fit 320 px: $scene, $colorScheme',
    async ({ colorScheme, scene }) => {
      const token = scene === 'invalid' ? 'unknown' : await issueTestLink(server, 'invitation', await someone());
      const page = await open(`${server.url}/invitation/${token}`, { colorScheme, width: 320 });
      if (scene === 'errors') await page.getByRole('button').click();
      if (scene === 'done') {
        await page.getByLabel('Password').fill(NEW_PASSWORD);
        await page.getByRole('button').click();
      }
      const heading = { form: 'Welcome', errors: 'Welcome', done: 'ready', invalid: 'does not work' }[scene];
      await page.getByRole('heading', { name: heading }).waitFor();
      if (process.env.SCREENSHOT_DIR) {
        await page.screenshot({ path: `${process.env.SCREENSHOT_DIR}/people-${scene}-${colorScheme}.png` });
      }
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    },
  );
});

describe('every page', () => {
  const visit = async (kind: 'invitation' | 'reset', init?: RequestInit) => {
    const token = await issueTestLink(server, kind, await someone());
    return fetch(`${server.url}/${kind}/${token}`, init);
  };

  test('has a policy that allows its style and its form only, and is neither cached nor sent on', async () => {
    const responses = [await visit('invitation'), await visit('reset'), await fetch(`${server.url}/reset/unknown`)];
    for (const { headers } of responses) {
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('set-cookie')).toBeNull();
    }
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 410]);
  });

  test('works only for links of the same kind', async () => {
    const token = await issueTestLink(server, 'invitation', await someone());
    expect((await fetch(`${server.url}/reset/${token}`)).status).toBe(410);
    const body = new URLSearchParams({ password: NEW_PASSWORD });
    expect((await fetch(`${server.url}/reset/${token}`, { method: 'POST', body })).status).toBe(410);
    expect((await fetch(`${server.url}/invitation/${token}`)).status).toBe(200);
  });

  test('takes a form, and not JSON or a large body', async () => {
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"password":"x"}' };
    expect((await visit('reset', json)).status).toBe(422);
    const large = { method: 'POST', body: new URLSearchParams({ password: 'x'.repeat(20_000) }) };
    expect((await visit('reset', large)).status).toBe(413);
  });

  test('is the only place that takes urlencoded forms', async () => {
    const body = new URLSearchParams({ email: 'x@x.example', password: 'x' });
    expect((await fetch(`${server.url}/api/auth/sessions`, { method: 'POST', body })).status).toBe(415);
  });
});
