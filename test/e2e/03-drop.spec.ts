import { copyFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { dropPaths, hover } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { hostile, samples, validBundles } from './support/samples.ts';
import {
  card,
  cards,
  chooseFiles,
  detailsPaneOf,
  expectPictureIn,
  openDetailsPane,
  openRow,
  openTray,
  sheetOf,
  sheetRow,
  transfer,
} from './support/screen.ts';

const MAX_BUNDLE_BYTES = 52_428_800;

test('dropped files are checked before upload; a refused file says why and does not block the others', async ({
  gabinet,
  project,
  admin,
}) => {
  const { page } = gabinet;
  await dropPaths(page, page.getByRole('main'), [...validBundles.slice(0, 4), hostile('crc-wrong.gab')]);
  await expect(sheetRow(page, 'robot-expressive.gab')).toContainText('Robot Expressive');
  await expectPictureIn(sheetRow(page, 'kaykit-mage.gab'));
  await expectFinding(page, 'crc-wrong.gab', 'GAB_E_CRC');
  await expect(sheetOf(page).getByRole('button', { name: 'Upload 4 avatars' })).toBeEnabled();
  expect((await admin.avatars(project.uuid)).total).toBe(0);

  await sheetOf(page).getByRole('button', { name: 'Upload 4 avatars' }).click();
  await expect(sheetRow(page, 'crc-wrong.gab')).toBeVisible();
  await sheetOf(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(cards(page)).toHaveCount(4);
  await expect.poll(async () => (await admin.avatars(project.uuid)).total).toBe(4);
});

test('dragging files over a project shows where they will be added', async ({ gabinet, project }) => {
  await hover(gabinet.page, gabinet.page.getByRole('main'), [samples.minimal]);
  await expect(gabinet.page.getByText(`Drop to add to ${project.name}`)).toBeVisible();
});

test('a finding says what is wrong, where, why it matters and how to fix it', async ({ gabinet }) => {
  const { page } = gabinet;
  await chooseFiles(page, [samples.needsNewerRuntime]);
  const findings = await expectFinding(page, 'runtime-too-old.gab', 'GAB_W_RUNTIME_TOO_OLD');
  await expect(findings).toContainText('9.0.0');
  await expect(findings).toContainText("because it wouldn't be drawn correctly");
  await expect(findings).toContainText('To fix');
});

test('a dropped folder is searched for bundles; other files are skipped', async ({ gabinet, folder }) => {
  await mkdir(join(folder, 'deeper'));
  await copyFile(samples.minimal, join(folder, 'one.gab'));
  await copyFile(samples.robin, join(folder, 'deeper', 'two.gab'));
  await writeFile(join(folder, 'notes.txt'), 'not a bundle');
  const { page } = gabinet;
  await dropPaths(page, page.getByRole('main'), [folder]);
  await expect(sheetRow(page, 'one.gab')).toBeVisible();
  await expect(sheetRow(page, 'two.gab')).toBeVisible();
  await expect(sheetRow(page, 'notes.txt')).toHaveCount(0);
  await expect(sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' })).toBeEnabled();
});

test('a file over 50 MiB is refused unread; a file over 10 MB shows a warning', async ({ gabinet, folder }) => {
  const tooLarge = join(folder, 'too-large.gab');
  const large = join(folder, 'large.gab');
  await writeFile(tooLarge, '');
  await truncate(tooLarge, MAX_BUNDLE_BYTES + 1);
  await copyFile(samples.opaque, large);
  await truncate(large, 11_000_000);
  const { page } = gabinet;
  await chooseFiles(page, [tooLarge, large]);
  await expectFinding(page, 'too-large.gab', 'GAB_E_FILE_TOO_LARGE');
  await expect(sheetRow(page, 'large.gab')).toContainText('11.0 MB');
  await expect(sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' })).toBeEnabled();
});

test('files can be chosen with the keyboard alone', async ({ gabinet }) => {
  const { page } = gabinet;
  await expect(page.getByRole('region', { name: 'Empty project' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('u');
  await (await chooser).setFiles([samples.minimal]);
  await expect(sheetRow(page, 'minimal.gab')).toContainText('Minimal');
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).focus();
  await page.keyboard.press('Enter');
  await expect(cards(page)).toHaveCount(1);
});

test('a removed file is not uploaded, and Discard uploads nothing', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await chooseFiles(page, [samples.minimal, samples.robin]);
  await sheetRow(page, 'minimal.gab').getByRole('button', { name: 'Remove minimal.gab' }).click();
  await expect(sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' })).toBeEnabled();
  await sheetOf(page).getByRole('button', { name: 'Discard' }).click();
  await expect(sheetOf(page)).toBeHidden();
  await openTray(page);
  await expect(transfer(page, 'portrait-2d.gab')).toHaveCount(0);
  expect((await admin.avatars(project.uuid)).total).toBe(0);
});

test('in a narrow window the upload sheet closes the details pane', async ({ openGabinet, admin, project }) => {
  await admin.upload(project.uuid, samples.minimal);
  const gabinet = await openGabinet({ viewport: { width: 900, height: 600 } });
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  const { page } = gabinet;
  await openDetailsPane(page, /Minimal/);
  await chooseFiles(page, [samples.robin]);
  await expect(detailsPaneOf(page)).toBeHidden();
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(page, /Robin, version 1/)).toBeVisible();
});

/** Opens the findings of one file in the sheet and expects this code among them. */
async function expectFinding(page: Page, fileName: string, code: string): Promise<Locator> {
  const row = await openRow(page, fileName);
  await row.getByRole('button', { name: /finding/ }).click();
  const findings = page.getByRole('list', { name: `Findings of ${fileName}` });
  await expect(findings).toContainText(code);
  return findings;
}
