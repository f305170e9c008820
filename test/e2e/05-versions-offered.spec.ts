import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, cards, chooseFiles, sheetOf, sheetRow, upload } from './support/screen.ts';

test('a file with the manifest ID of an avatar is offered as its next version', async ({ gabinet }) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(card(page, /Minimal, version 1/)).toBeVisible();
  await chooseFiles(page, [samples.minimalNext]);
  await expect(
    sheetRow(page, 'asset-unused.gab').getByRole('button', { name: 'Add asset-unused.gab as' }),
  ).toContainText('New version of Minimal');
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(page, /Minimal, version 2/)).toBeVisible();
  await expect(cards(page)).toHaveCount(1);
});

test('a file that matches an avatar can be added as a new avatar instead', async ({ gabinet }) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(card(page, /Minimal, version 1/)).toBeVisible();
  await chooseFiles(page, [samples.minimalNext]);
  const row = sheetRow(page, 'asset-unused.gab');
  await row.getByRole('button', { name: 'Add asset-unused.gab as' }).click();
  await page.getByRole('option', { name: 'New avatar' }).click();
  await row.getByRole('textbox', { name: 'Name' }).fill('Kiosk twin');
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(page, /Kiosk twin, version 1/)).toBeVisible();
  await expect(cards(page)).toHaveCount(2);
});

test('an opaque file is matched by its file name', async ({ gabinet, folder }) => {
  const { page } = gabinet;
  const first = join(folder, 'statue.gab');
  await copyFile(samples.opaque, first);
  await upload(page, [first]);
  await expect(card(page, /statue, version 1/)).toBeVisible();
  await appendFile(first, 'changed');
  await chooseFiles(page, [first]);
  await expect(sheetRow(page, 'statue.gab').getByRole('button', { name: 'Add statue.gab as' })).toContainText(
    'New version of statue',
  );
});

test('a file that is already on the server is marked as a duplicate and not uploaded', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(card(page, /Minimal, version 1/)).toBeVisible();
  await chooseFiles(page, [samples.minimal]);
  await expect(sheetRow(page, 'minimal.gab')).toContainText(/Already on the server as Minimal v1/);
  await expect(sheetOf(page).getByRole('button', { name: /^Upload [1-9]/ })).toHaveCount(0);
  expect((await admin.avatars(project.uuid)).total).toBe(1);
});
