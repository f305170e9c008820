import type { Page } from '@playwright/test';
import type { ApiUser } from './support/api.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  changes,
  chooseToGoLive,
  compareWithLive,
  detailsPaneOf,
  liveName,
  liveNow,
  makeLive,
  noticeOf,
  offlineNote,
  openDetailsPane,
  openTray,
  rename,
  sheetOf,
  transfer,
  tray,
} from './support/screen.ts';

/** Longest wait for reconnecting to the server and sending everything. */
const ARRIVAL_MS = 60_000;

/** Mara has two versions, the second one live; Fay and Otto are not live. */
async function prepare(admin: ApiUser, projectUuid: string): Promise<void> {
  const mara = await admin.upload(projectUuid, samples.minimal, { fields: { name: 'Mara' } });
  await admin.upload(projectUuid, samples.minimalNext, { fields: { lineage_uuid: mara.lineage_uuid } });
  for (const [path, name] of [
    [samples.robin, 'Fay'],
    [samples.robot, 'Otto'],
  ] as const) {
    await admin.upload(projectUuid, path, { fields: { name, activate: 'false' } });
  }
}

async function dropTwoFiles(page: Page): Promise<void> {
  await dropPaths(page, page.getByRole('main'), [samples.mage, samples.mageVrm]);
  await chooseToGoLive(page, false, 'mage-vrm.gab');
  await sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' }).click();
  await expect(sheetOf(page)).toBeHidden();
}

/** Every change is on the screen while it is pending. */
async function expectAllPending(page: Page): Promise<void> {
  await expect(liveName(page)).toContainText('Fay');
  await expect(liveNow(page)).toContainText("Goes live when you're back online");
  await expect(liveNow(page)).toContainText('Live until then: Mara v2');
  await expect(card(page, /Fay, version 1, going live/)).toBeVisible();
  await expect(card(page, /Otto Prime, version 1, pending/)).toBeVisible();
  await expect(card(page, /Mara, version 1, pending/)).toBeVisible();
  await expect(card(page, /Mage.*waiting/)).toHaveCount(2);
  await expect(offlineNote(page)).toContainText(/5 changes and 2 uploads pending/);
  await openTray(page);
  await expect(changes(page).filter({ hasText: 'Make Fay v1 live' })).toContainText('Pending');
  await expect(changes(page).filter({ hasText: 'Change the name of Otto' })).toContainText('Otto Prime');
  await expect(transfer(page, 'kaykit-mage.gab')).toContainText('No connection');
}

test('changes made offline are shown, survive a restart, and arrive at the server', async ({
  gabinet,
  server,
  admin,
  project,
}) => {
  test.setTimeout(240_000);
  await prepare(admin, project.uuid);
  await expect(card(gabinet.page, /Mara, version 2, live/)).toBeVisible();
  await expect(card(gabinet.page, /Otto/)).toBeVisible();
  await compareWithLive(gabinet.page, /Fay/);
  await server.goAway();
  await expect(offlineNote(gabinet.page)).toBeVisible({ timeout: 30_000 });

  await test.step('browse, activate, edit, delete and take back, drop two files', async () => {
    const { page } = gabinet;
    await makeLive(page, /Fay/);
    await rename(page, /Otto/, 'Otto Prime');
    await openDetailsPane(page, /Otto Prime/);
    await detailsPaneOf(page).getByRole('button', { name: 'Move to trash' }).click();
    await expect(card(page, /Otto/)).toHaveCount(0);
    await noticeOf(page, 'Moved Otto Prime to the trash').getByRole('button', { name: 'Undo' }).click();
    await expect(card(page, /Otto Prime/)).toBeVisible();
    await openDetailsPane(page, /Mara/);
    await detailsPaneOf(page).getByRole('tab', { name: 'Versions' }).click();
    await detailsPaneOf(page).getByRole('button', { name: 'Actions for version 2' }).click();
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    await dropTwoFiles(page);
    await expectAllPending(page);
  });

  await test.step('quit, and start again still offline', async () => {
    await gabinet.close();
    await gabinet.start();
    await gabinet.openProject(project.name);
    await expectAllPending(gabinet.page);
    await gabinet.page.getByRole('navigation', { name: 'Projects' }).getByRole('button', { name: 'Trash' }).click();
    const trashed = gabinet.page.getByRole('list', { name: 'Trashed versions of Mara' }).getByRole('listitem');
    await expect(trashed.filter({ hasText: 'v2' }).first()).toContainText('Pending');
    await gabinet.openProject(project.name);
  });

  await test.step('the server comes back: everything arrives', async () => {
    const { page } = gabinet;
    await server.comeBack();
    await expect(offlineNote(page)).toBeHidden({ timeout: ARRIVAL_MS });
    await openTray(page);
    await expect(changes(page)).toHaveCount(0, { timeout: ARRIVAL_MS });
    for (const file of ['kaykit-mage.gab', 'mage-vrm.gab']) {
      await expect(transfer(page, file)).toContainText('On the server', { timeout: ARRIVAL_MS });
    }
    await expect(card(page, /waiting|pending|going live/)).toHaveCount(0);
    await expect(liveName(page)).toContainText('Fay');
    await expect(liveNow(page)).toContainText('since');
    await expect(tray(page)).toContainText('Uploads 2 of 2');
  });

  const { avatars } = await admin.avatars(project.uuid);
  const onServer = avatars.map(({ name, version, is_active }) => `${name} v${version}${is_active ? ', live' : ''}`);
  expect(onServer.toSorted()).toEqual(['Fay v1, live', 'Mage (VRM 1.0) v1', 'Mage v1', 'Mara v1', 'Otto Prime v1']);
});
