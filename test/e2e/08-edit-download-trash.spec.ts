import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  cards,
  detailsPaneOf,
  liveName,
  noticeOf,
  openDetailsPane,
  openTray,
  showVersions,
  transfer,
  upload,
} from './support/screen.ts';

const ODD_NAME = 'Zoë "白い".gab';

test('the details pane edits name, tags and description', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await openDetailsPane(page, /Minimal/);
  await detailsPaneOf(page).getByRole('button', { name: 'Edit name' }).click();
  await detailsPaneOf(page).getByRole('textbox', { name: 'Name' }).fill('Concierge');
  await page.keyboard.press('Enter');
  await expect(card(page, /Concierge/)).toBeVisible();
  await detailsPaneOf(page).getByRole('textbox', { name: 'Add tag' }).fill('formal');
  await page.keyboard.press('Enter');
  await detailsPaneOf(page).getByRole('textbox', { name: 'Description' }).fill('For the front desk');
  await detailsPaneOf(page).getByRole('button', { name: 'Save' }).click();
  await expect(card(page, /Concierge/)).toContainText('formal');
  await expect
    .poll(async () =>
      (await admin.avatars(project.uuid)).avatars.map(({ name, tags, description }) => ({ name, tags, description })),
    )
    .toEqual([{ name: 'Concierge', tags: ['formal'], description: 'For the front desk' }]);
});

test(`a version is downloaded under its original name, as ${ODD_NAME}`, async ({ gabinet, folder }) => {
  const { page } = gabinet;
  const original = join(folder, ODD_NAME);
  await copyFile(samples.robin, original);
  await upload(page, [original]);
  await openDetailsPane(page, /Robin/);
  await detailsPaneOf(page).getByRole('button', { name: 'Download' }).click();
  await openTray(page);
  await expect.poll(async () => readdir(gabinet.downloadsDir).catch(() => [])).toEqual([ODD_NAME]);
  expect(await readFile(join(gabinet.downloadsDir, ODD_NAME))).toEqual(await readFile(samples.robin));
  await expect(transfer(page, ODD_NAME).filter({ hasText: gabinet.downloadsDir })).toBeVisible();
});

test('Undo restores a version that was moved to the trash', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  const first = await admin.upload(project.uuid, samples.minimal);
  await admin.upload(project.uuid, samples.minimalNext, { fields: { lineage_uuid: first.lineage_uuid } });
  await openDetailsPane(page, /Minimal, version 2/);
  const versions = await showVersions(page);
  await detailsPaneOf(page).getByRole('button', { name: 'Actions for version 1' }).click();
  await page.getByRole('menuitem', { name: 'Move to trash' }).click();
  await expect(versions.getByRole('listitem')).toHaveCount(1);
  await noticeOf(page, /^Moved /)
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(versions.getByRole('listitem')).toHaveCount(2);
});

test('moving the live avatar to the trash asks once; Undo restores it and makes it live again', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(liveName(page)).toContainText('Minimal');
  await openDetailsPane(page, /Minimal/);
  await detailsPaneOf(page).getByRole('button', { name: 'Move to trash' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click();
  await expect(cards(page)).toHaveCount(0);
  await expect.poll(async () => (await admin.avatars(project.uuid)).total).toBe(0);
  await noticeOf(page, /^Moved /)
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(liveName(page)).toContainText('Minimal');
  await expect.poll(async () => (await admin.avatars(project.uuid)).avatars[0]?.is_active).toBe(true);
});

test('the trash lists deleted avatars and restores them', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  const name = `Gone ${project.name}`;
  const avatar = await admin.upload(project.uuid, samples.robin, { fields: { name, activate: 'false' } });
  await expect(card(page, new RegExp(name))).toBeVisible();
  await admin.request('DELETE', `/api/customer/avatars/${avatar.uuid}?scope=avatar`);
  await expect(card(page, new RegExp(name))).toHaveCount(0);
  await page.getByRole('navigation', { name: 'Projects' }).getByRole('button', { name: 'Trash' }).click();
  await page.getByRole('button', { name: `Restore ${name} v1` }).click();
  await gabinet.openProject(project.name);
  await expect(card(page, new RegExp(name))).toBeVisible();
});
