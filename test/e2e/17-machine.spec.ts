import { mkdir, rename as move, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { overwritePages } from '../support/overwrite-file.ts';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  expectOnlineAgain,
  expectPictureIn,
  offlineNote,
  openTray,
  selectCard,
  sheetOf,
  sheetRow,
  transfer,
  tray,
  upload,
} from './support/screen.ts';
import { unseenText, writeBundle } from './support/unseen.ts';

/** Slow enough to watch and pause a megabyte. */
const SLOW_LINE_BYTES_PER_SECOND = 50_000;
/** Bytes 12288-16383 of a library. */
const FIRST_PAGE_OF_VERSIONS = 4;
/** A watched file must be unchanged for two seconds, longer on a busy computer. */
const NOTICED_MS = 60_000;

async function openSettings(page: Page) {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.getByRole('switch')).toBeVisible();
  return dialog;
}

test('transfers can be paused and resumed, one or all; the tray shows how much was uploaded and saved', async ({
  openGabinet,
  wire,
  project,
  folder,
}) => {
  const gabinet = await openGabinet({ serverUrl: wire.url });
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  const { page } = gabinet;
  const heavy = unseenText(600_000);
  const one = await writeBundle(folder, 'One', {
    id: 'a0000000-0000-4000-8000-000000000001',
    documents: [heavy, unseenText(400_000)],
  });
  const two = await writeBundle(folder, 'Two', {
    id: 'a0000000-0000-4000-8000-000000000002',
    documents: [unseenText(1_000_000)],
  });
  wire.bytesPerSecond = SLOW_LINE_BYTES_PER_SECOND;
  await upload(page, [one, two]);
  await openTray(page);
  const row = transfer(page, 'one.gab');

  await row.getByRole('button', { name: 'Pause one.gab' }).click();
  await expect(row).toContainText('Paused');
  await expect(card(page, /One, paused/)).toBeVisible();
  await tray(page).getByRole('button', { name: 'Pause all' }).click();
  await expect(transfer(page, 'two.gab')).toContainText('Paused');
  await expectNoFaults(page);
  await expect(tray(page).getByRole('button', { name: 'Pause all' })).toBeHidden();
  await row.getByRole('button', { name: 'Resume one.gab' }).click();
  await expect(row).toContainText(/of 1\.0 MB uploaded/);
  await expect(transfer(page, 'two.gab')).toContainText('Paused');
  wire.bytesPerSecond = null;
  await tray(page).getByRole('button', { name: 'Resume all' }).click();
  for (const name of ['one.gab', 'two.gab']) await expect(transfer(page, name)).toContainText('On the server');
  await expect(row).toContainText(/1\.0 MB of 1\.0 MB uploaded/);

  await writeBundle(folder, 'One', {
    id: 'a0000000-0000-4000-8000-000000000001',
    version: '1.1.0',
    documents: [heavy, unseenText(400_000)],
  });
  await tray(page).getByRole('button', { name: 'Clear finished' }).click();
  await upload(page, [one]);
  await expect(row).toContainText('On the server');
  await expect(row).toContainText(/\d kB of 1\.0 MB uploaded, \d{3} kB already on the server/);
});

test('the upload limit is applied, survives a restart, and explains invalid values', { tag: '@nightly' }, async ({
  gabinet,
  folder,
}) => {
  const { page } = gabinet;
  const dialog = await openSettings(page);
  await dialog.getByText('Limit upload speed').click();
  await dialog.getByRole('textbox', { name: 'Upload limit' }).fill('fast');
  await expect(dialog).toContainText('Enter a number');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expectNoFaults(page);
  await dialog.getByRole('textbox', { name: 'Upload limit' }).fill('0,2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  const path = await writeBundle(folder, 'Slow', { documents: Array.from({ length: 3 }, () => unseenText(1_000_000)) });
  const startedMs = Date.now();
  await upload(page, [path]);
  await openTray(page);
  await expect(transfer(page, 'slow.gab')).toContainText(/B\/s/);
  await expect(transfer(page, 'slow.gab')).toContainText('On the server', { timeout: 60_000 });
  // 3 MB take 15 seconds at 200 kB/s; the limiter may send the first second's worth at once.
  expect(Date.now() - startedMs).toBeGreaterThan(12_500);

  await gabinet.close();
  await gabinet.start();
  const again = await openSettings(gabinet.page);
  await expect(again.getByRole('switch')).toBeChecked();
  await expect(again.getByRole('textbox', { name: 'Upload limit' })).toHaveValue('200');
  await gabinet.page.keyboard.press('Escape');
  await expect(again).toBeHidden();
});

async function watch(page: Page, path: string, mode: 'Ask before uploading' | 'Upload automatically'): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Watch a folder' }).click();
  const form = page.getByRole('dialog', { name: 'Watched folder' });
  await form.getByRole('textbox', { name: 'Folder' }).fill(path);
  await form.getByRole('radio', { name: mode }).click();
  await form.getByRole('button', { name: /^(Watch|Save)$/ }).click();
}

/** On the shell's own page, which the window's page cannot reach. */
async function confirmFolder(page: Page, path: string, answer: 'Watch folder' | 'Cancel'): Promise<void> {
  const question = await page.context().waitForEvent('page');
  await expect(question.getByRole('heading', { name: 'Watch this folder?' })).toBeVisible();
  await expect(question.getByText(path)).toBeVisible();
  await question.getByRole('button', { name: answer }).click();
  await expect(question.getByRole('heading', { name: /^(Folder confirmed|Not watched)$/ })).toBeVisible();
  await question.close();
}

test('a file saved into a watched folder is uploaded; saved again, it becomes the next version', async ({
  gabinet,
  folder,
  admin,
  project,
  shell,
}) => {
  test.skip(shell === 'electron', 'the page that confirms a folder exists only in the browser shell');
  test.setTimeout(240_000);
  const { page } = gabinet;
  const form = page.getByRole('dialog', { name: 'Watched folder' });
  const state = page.getByRole('region', { name: 'On this computer' });
  const declined = confirmFolder(page, folder, 'Cancel');
  await watch(page, folder, 'Upload automatically');
  await declined;
  await expect(form.getByRole('textbox', { name: 'Folder' })).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  const nowhere = confirmFolder(page, join(folder, 'nowhere'), 'Watch folder');
  await watch(page, join(folder, 'nowhere'), 'Upload automatically');
  await nowhere;
  await expect(form.getByRole('textbox', { name: 'Folder' })).toHaveAttribute('aria-invalid', 'true');
  await expectNoFaults(page);
  await page.keyboard.press('Escape');

  const exports = join(folder, 'exports');
  await mkdir(exports);
  const confirmed = confirmFolder(page, exports, 'Watch folder');
  await watch(page, exports, 'Upload automatically');
  await confirmed;
  await expect(form).toBeHidden();
  await expect(state).toContainText(`Watching ${exports}, uploading automatically`);
  const save = async (version: string): Promise<void> => {
    const path = await writeBundle(folder, 'Saved', { version, documents: [unseenText(2000)] });
    await move(path, join(exports, 'saved.gab'));
  };
  await save('1.0.0');
  await expect(card(page, /Saved, version 1/)).toBeVisible({ timeout: NOTICED_MS });
  await save('1.1.0');
  await expect(card(page, /Saved, version 2/)).toBeVisible({ timeout: NOTICED_MS });
  expect((await admin.avatars(project.uuid)).avatars.map(({ version }) => `v${version}`).toSorted()).toEqual([
    'v1',
    'v2',
  ]);

  await watch(page, exports, 'Ask before uploading');
  await expect(state).toContainText('asking before uploading');
  await save('1.2.0');
  await expect(sheetRow(page, 'saved.gab')).toContainText('New version of Saved', { timeout: NOTICED_MS });
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(page, /Saved, version 3/)).toBeVisible({ timeout: NOTICED_MS });

  await page.getByRole('main').getByRole('button', { name: 'Watch a folder' }).click();
  await form.getByRole('button', { name: 'Stop watching' }).click();
  await expect(state).toBeHidden();
});

test('the avatars of a pinned project can be previewed offline', async ({ gabinet, server, admin, project }) => {
  test.setTimeout(240_000);
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robin);
  await expect(card(page, /Robin/)).toBeVisible();
  await expectPictureIn(card(page, /Robin/));
  const pin = page.getByRole('main').getByRole('button', { name: 'Keep offline' });
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'On this computer' })).toContainText(/^Kept offline, /, {
    timeout: NOTICED_MS,
  });
  await expectNoFaults(page);
  await server.goAway();
  await expect(offlineNote(page)).toBeVisible({ timeout: 30_000 });
  await selectCard(page, /Robin/);
  await page.keyboard.press(' ');
  await expect(page.getByRole('region', { name: 'Preview' }).locator('[data-preview="shown"]')).toBeVisible({
    timeout: NOTICED_MS,
  });
  await page.keyboard.press(' ');
  await server.comeBack();
  await expectOnlineAgain(page);
  await pin.click();
  await expect(page.getByRole('region', { name: 'On this computer' })).toBeHidden();
});

test('the screen says that the library was damaged and what was kept, and it is filled again', async ({
  openGabinet,
  project,
}) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  await gabinet.close();
  overwritePages(await onlyLibraryIn(gabinet.userDataDir), [FIRST_PAGE_OF_VERSIONS]);
  await gabinet.start();
  const bar = gabinet.page.getByRole('region', { name: 'Library repaired' });
  await expect(bar).toContainText('The library on this computer was damaged');
  await expect(bar).toContainText('Nothing was lost.');
  await expect(bar).toContainText('The damaged file is kept as');
  await gabinet.openProject(project.name);
  await expectNoFaults(gabinet.page);
  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await expect(bar).toBeHidden();
});

async function onlyLibraryIn(userDataDir: string): Promise<string> {
  const accounts = join(userDataDir, 'accounts');
  return join(accounts, (await readdir(accounts))[0] ?? '', 'library.db');
}
