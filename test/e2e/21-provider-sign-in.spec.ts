import type { Page } from '@playwright/test';
import { type IdentityProvider, PUBLIC_CLIENT, startIdentityProvider } from '../support/identity-provider.ts';
import { expectNoFaults } from './support/axe.ts';
import { DemoServer } from './support/demo-server.ts';
import { expect, test } from './support/fixtures.ts';

const NOOR = { subject: 'noor-1', email: 'noor@example.org', name: 'Noor', groups: ['art'] };

let provider: IdentityProvider;
let server: DemoServer;

async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  provider = await startIdentityProvider();
  provider.person = NOOR;
  server = await DemoServer.start({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: PUBLIC_CLIENT,
    OIDC_NAME: 'Example ID',
    OIDC_SCOPES: 'openid email profile groups',
    OIDC_GROUP_ROLES: 'art=aurora:designer',
    ...settings,
  });
}

test.skip(({ shell }) => shell === 'electron', 'Electron opens the browser of the system, which no test can see');

test.afterEach(async () => {
  await server.dispose();
  await provider.takeAway();
});

/** Opens the page of the provider in a new tab, where nothing is asked, and returns the tab. */
async function openProvider(page: Page): Promise<Page> {
  await page.getByRole('button', { name: 'Continue with Example ID' }).click();
  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Open Example ID' }).click(),
  ]);
  return tab;
}

test('a sign-in with the identity provider goes through a new tab', async ({ openGabinet }) => {
  await startServer();
  const { page } = await openGabinet({ serverUrl: server.url });
  const tab = await openProvider(page);
  await expect(tab.getByText('You can close this tab and return to Gabinet.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Projects' })).toContainText(/aurora/i);
});

test('a sign-in with the identity provider that is refused says why, and can be repeated', { tag: '@nightly' }, async ({
  openGabinet,
}) => {
  await startServer();
  provider.person = { ...NOOR, groups: [] };
  const { page } = await openGabinet({ serverUrl: server.url });
  const tab = await openProvider(page);
  await expect(tab.getByText('Gabinet shows what happened.')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('none of your groups gives access');
  provider.person = { ...NOOR, subject: 'noor-2' };
  await tab.context().clearCookies({ domain: '127.0.0.1', name: /^_session/ });
  await openProvider(page);
  await expect(page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`without passwords only the identity provider is offered, ${colorScheme}`, { tag: '@nightly' }, async ({
    openGabinet,
  }) => {
    await startServer({ LOCAL_PASSWORDS: '0' });
    const { page } = await openGabinet({ serverUrl: server.url, colorScheme });
    const button = page.getByRole('button', { name: 'Continue with Example ID' });
    await expect(button).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveCount(0);
    await expect(page.getByRole('group', { name: 'Demo accounts' })).toHaveCount(0);
    await expectNoFaults(page);
    await button.click();
    await expect(page.getByRole('link', { name: 'Open Example ID' })).toBeVisible();
    await expectNoFaults(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(button).toBeEnabled();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('a new server without passwords gets its first administrator from a group', { tag: '@nightly' }, async ({
  openGabinet,
}) => {
  await startServer({ DEMO: '0', LOCAL_PASSWORDS: '0', OIDC_GROUP_ROLES: 'operators=admin' });
  provider.person = { ...NOOR, groups: ['operators'] };
  const { page } = await openGabinet({ serverUrl: server.url });
  await expect(page.getByRole('textbox', { name: 'Setup link' })).toHaveCount(0);
  await openProvider(page);
  await expect(page.getByRole('main')).toContainText('No customers yet');
});

test('a new server offers its setup link and the identity provider', { tag: '@nightly' }, async ({ openGabinet }) => {
  await startServer({ DEMO: '0', OIDC_GROUP_ROLES: 'operators=admin' });
  const { page } = await openGabinet({ serverUrl: server.url });
  await expect(page.getByRole('textbox', { name: 'Setup link' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue with Example ID' })).toBeVisible();
  await expectNoFaults(page);
});
