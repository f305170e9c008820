import type { Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  cards,
  detailsPaneOf,
  expectOnlineAgain,
  expectPictureIn,
  liveName,
  liveNow,
  openDetailsPane,
  showVersions,
  upload,
} from './support/screen.ts';

/** Finding a lost server again takes up to a minute. */
test.describe.configure({ timeout: 240_000 });

test('opened again without a server, Gabinet shows everything it had shown before, marked offline', async ({
  gabinet,
  server,
  project,
}) => {
  await upload(gabinet.page, [samples.minimal, samples.robin]);
  await expect(cards(gabinet.page)).toHaveCount(2);
  await expectPictureIn(card(gabinet.page, /Minimal/));
  await expectPictureIn(card(gabinet.page, /Robin/));
  await gabinet.close();
  await server.goAway();
  await gabinet.start();

  const { page } = gabinet;
  await gabinet.openProject(project.name);
  await expect(page.getByRole('note', { name: 'Offline' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Sync status' })).toContainText('Offline');
  await expectPictureIn(card(page, /Minimal/));
  await expectPictureIn(card(page, /Robin/));
  await expectPictureIn(liveNow(page));
  await openDetailsPane(page, /Robin/);
  await expect(detailsPaneOf(page)).toContainText('portrait-2d.gab');
  const versions = await showVersions(page);
  await expect(versions.getByRole('listitem')).toHaveCount(1);

  await server.comeBack();
  await expectOnlineAgain(page);
});

test('offline, only actions that need the server are disabled', async ({ gabinet, server }) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(liveName(page)).toContainText('Minimal');
  await server.goAway();
  await expect(page.getByRole('note', { name: 'Offline' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('note', { name: 'Offline' })).toContainText(/stored on this computer and sent/i);
  await openDetailsPane(page, /Minimal/);
  await expect(detailsPaneOf(page).getByRole('button', { name: 'Download' })).toBeEnabled();
  await expect(detailsPaneOf(page).getByRole('button', { name: 'Move to trash' })).toBeEnabled();
  await expect(liveNow(page).getByRole('button', { name: 'Take offline' })).toBeEnabled();
  await expect(page.getByRole('main').getByRole('button', { name: 'Upload' })).toBeEnabled();
  await server.comeBack();
  await expectOnlineAgain(page);
});

const REFUSED_BY_PROXY = {
  connection: 'offline',
  unreached: {
    code: 'proxy_failed',
    serverUrl: 'https://avatars.example',
    proxy: 'proxy.example:3128',
    problem: 'refuses',
    status: 403,
  },
};

/** The page gets every session with this change. The bridge of the browser shell is a socket. */
function changeSessions(change: object): (page: Page) => Promise<void> {
  const isSession = (value: unknown) => typeof value === 'object' && value !== null && 'unreached' in value;
  const revive = (_key: string, value: unknown): unknown =>
    isSession(value) ? Object.assign({}, value, change) : value;
  return (page) =>
    page.routeWebSocket(/\/bridge$/, (socket) => {
      const shell = socket.connectToServer();
      shell.onMessage((message) => socket.send(JSON.stringify(JSON.parse(String(message), revive))));
    });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`why the server isn't reached is text, also in a small window, ${colorScheme}`, async ({
    openGabinet,
    shell,
  }) => {
    test.skip(shell === 'electron', 'only the bridge of the browser shell is a socket');
    const viewport = { width: 900, height: 600 };
    const gabinet = await openGabinet({ viewport, colorScheme, prepare: changeSessions(REFUSED_BY_PROXY) });
    const { page } = gabinet;
    await gabinet.signIn(ACCOUNTS.designer);
    const status = page.getByRole('status', { name: 'Sync status' });
    await expect(status).toHaveText("Offline: Can't get past the proxy");
    expect((await status.boundingBox())?.height).toBeLessThan(24);
    await expect(page.getByRole('note', { name: 'Offline' })).toContainText('ask your administrator to allow it.');
    await expectNoFaults(page);
  });
}
