import { basename } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { findWithoutRing } from './support/focus-rings.ts';
import { samples } from './support/samples.ts';
import {
  cards,
  chooseFiles,
  detailsPaneOf,
  noticeOf,
  offlineNote,
  openTray,
  selectCard,
  sheetOf,
  tray,
} from './support/screen.ts';
import { listTabStops } from './support/tab-stops.ts';
import { findLowContrast } from './support/text-contrast.ts';

async function expectRings(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await findWithoutRing(page), `${screen}, ${colorScheme}`).toEqual([]);
  }
}

/** Opens every screen, and stops on each. */
async function walkScreens(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  await look('project');
  await page.getByRole('radio', { name: 'List' }).click();
  await look('list');
  await page.getByRole('radio', { name: 'Grid' }).click();
  for (const tab of ['Versions', 'Findings', 'Activity', 'Details']) {
    await detailsPaneOf(page).getByRole('tab', { name: tab }).click();
    await look(tab);
  }
  await openTray(page);
  await chooseFiles(page, [samples.robot, samples.needsNewerRuntime]);
  await expect(sheetOf(page).getByRole('button', { name: /^Upload 2/ })).toBeEnabled();
  await look('upload sheet');
  await sheetOf(page).getByRole('button', { name: 'Cancel' }).click();
  for (const shortcut of ['?', 'Control+k']) {
    await page.keyboard.press(shortcut);
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(shortcut);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  for (const name of ['Your account', 'Settings']) {
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
    await look(name);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Audit' }).click();
  await expect(page.getByRole('grid', { name: 'Audit events' }).getByRole('row').nth(1)).toBeVisible();
  await look('audit');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await look('trash');
}

test('the focus is seen on everything that can have it, in both themes', async ({ openGabinet, admin, project }) => {
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara', tags: 'formal' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', tags: 'casual', activate: 'false' } });
  const gabinet = await openGabinet();
  const { page } = gabinet;
  await expect(page.getByRole('group', { name: 'Demo accounts' })).toBeVisible();
  await expectRings(page, 'sign-in');
  await gabinet.signIn(ACCOUNTS.admin);
  await gabinet.openProject(project.name);
  await expect(cards(page)).toHaveCount(2);
  await selectCard(page, /Mara/);
  await walkScreens(page, (screen) => expectRings(page, screen));
});

test('buttons stay readable with the focus, under the pointer and pressed, in both themes', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara', tags: 'formal,kiosk' } });
  await expect(cards(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'kiosk', exact: true }).click();
  await page.getByRole('button', { name: 'Keep offline' }).click();
  const details = detailsPaneOf(page);
  const preview = details.getByRole('button', { name: 'Preview', exact: true });
  const buttons: Readonly<Record<string, Locator>> = {
    primary: page.getByRole('main').getByRole('button', { name: 'Upload', exact: true }),
    plain: page.getByRole('button', { name: 'History' }),
    quiet: page.getByRole('region', { name: 'Live now' }).getByRole('button', { name: 'Take offline' }),
    'plain over a picture': preview,
    icon: details.getByRole('button', { name: 'Copy link' }),
    'icon that is on': page.getByRole('button', { name: 'Keep offline' }),
    'framed icon': details.getByRole('button', { name: 'Move to trash' }),
    tag: page.getByRole('button', { name: 'formal', exact: true }),
    'chosen tag': page.getByRole('button', { name: 'kiosk', exact: true }),
    choice: page.getByRole('radio', { name: 'List' }),
    chosen: page.getByRole('radio', { name: 'Grid' }),
    tab: details.getByRole('tab', { name: 'Versions' }),
    'sidebar item': page.getByRole('button', { name: 'Trash', exact: true }),
    'open sidebar item': page.getByRole('button', { name: project.name, exact: true }),
  };
  const expectReadable = async (looks: Readonly<Record<string, Locator>>): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [look, button] of Object.entries(looks)) {
        expect.soft(await findLowContrast(page, button), `${look}, ${colorScheme}`).toEqual([]);
      }
    }
  };
  await expectReadable(buttons);
  await preview.click();
  await expectReadable({ 'pressed Preview': preview });
});

test('a skip link is the first tab stop, and no stop is empty', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await expect(cards(page)).toHaveCount(1);
  await page.reload();
  await expect(cards(page)).toHaveCount(1);
  const stops = await listTabStops(page);
  expect(stops[0]).toMatchObject({ name: 'Skip to the page', isSeen: true });
  expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
  const places = stops
    .map(({ place }) => place)
    .filter((place, index, all) => place !== '' && place !== all[index - 1]);
  // The title bar is first and, in an inner part of the page, a header again.
  expect(places.filter((place) => place !== 'header')).toEqual(['Projects', project.name, 'Details', 'Transfers']);
  await page.getByRole('link', { name: 'Skip to the page' }).press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toBeVisible();
});

test('a download says where it went, also without the server for a project that is kept offline', async ({
  gabinet,
  admin,
  project,
  server,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay' } });
  await selectCard(page, /Fay/);
  await page.getByRole('button', { name: 'Keep offline' }).click();
  await expect(page.getByRole('region', { name: 'On this computer' })).toContainText('Kept offline');
  await server.goAway();
  await expect(offlineNote(page)).toBeVisible({ timeout: 30_000 });
  await detailsPaneOf(page).getByRole('button', { name: 'Download' }).click();
  const notice = noticeOf(page, `Saved portrait-2d.gab to ${basename(gabinet.downloadsDir)}`);
  await notice.getByRole('button', { name: 'Show' }).click();
  const finished = tray(page).getByRole('list', { name: 'Finished' }).getByRole('listitem');
  await expect(finished.filter({ hasText: gabinet.downloadsDir })).toHaveCount(1);
  await expect(tray(page).getByRole('list', { name: 'Running' })).toBeHidden();
  await server.comeBack();
});
