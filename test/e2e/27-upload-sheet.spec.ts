import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type BundleOptions, buildBundle } from '../support/bundle-builder.ts';
import { expectNoFaults } from './support/axe.ts';
import { dropPaths, hover } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { hostile, samples } from './support/samples.ts';
import {
  card,
  cards,
  chooseFiles,
  chooseToGoLive,
  detailsPaneOf,
  liveName,
  noticeOf,
  openDetailsPane,
  openRow,
  openTray,
  sheetOf,
  sheetRow,
  storedCard,
  transfer,
} from './support/screen.ts';
import { writeVersions } from './support/versions.ts';

const TRIA = '00000000-0000-4000-8000-000000000071';
/** Longest wait for reconnecting to the server and sending everything. */
const ARRIVAL_MS = 60_000;

const hiddenSheet = (page: Page): Locator => page.getByRole('region', { name: 'Files waiting' });
const group = (page: Page, name: string): Locator => sheetOf(page).getByRole('region', { name });
const sheetButton = (page: Page, name: string): Locator => sheetOf(page).getByRole('button', { name });

async function writeBundle(folder: string, fileName: string, options: BundleOptions): Promise<string> {
  const path = join(folder, fileName);
  await writeFile(path, buildBundle(options));
  return path;
}

const writeTria = (folder: string, version: string): Promise<string> =>
  writeBundle(folder, `tria-${version}.gab`, { id: TRIA, name: 'Tria', version });

test('Escape hides the sheet; reload and quitting keep files, names, targets, tags, notes and what goes live', async ({
  gabinet,
  project,
}) => {
  await chooseFiles(gabinet.page, [samples.minimal, samples.robin]);
  const row = await openRow(gabinet.page, 'minimal.gab');
  await row.getByRole('textbox', { name: 'Name' }).fill('Otto');
  await row.getByRole('textbox', { name: 'Tags' }).fill('formal, evening');
  await row.getByRole('textbox', { name: 'Note' }).fill('New hair');
  await row.getByRole('switch').press('Space');
  const expectAll = async (page: Page): Promise<void> => {
    await expect(sheetRow(page, 'portrait-2d.gab')).toBeVisible();
    const kept = await openRow(page, 'minimal.gab');
    await expect(kept.getByRole('textbox', { name: 'Name' })).toHaveValue('Otto');
    await expect(kept.getByRole('textbox', { name: 'Tags' })).toHaveValue('formal, evening');
    await expect(kept.getByRole('textbox', { name: 'Note' })).toHaveValue('New hair');
    await expect(kept.getByRole('switch')).toBeChecked();
  };

  await test.step('Escape, and the way back', async () => {
    const { page } = gabinet;
    await page.keyboard.press('Escape');
    await expect(sheetOf(page)).toBeHidden();
    await expect(hiddenSheet(page)).toContainText('2 files waiting');
    await expectNoFaults(page);
    await expect(hiddenSheet(page).getByRole('button', { name: 'Show' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectAll(page);
  });

  await test.step('reload', async () => {
    await gabinet.page.reload();
    await expectAll(gabinet.page);
  });

  await test.step('quit, and start again', async () => {
    await gabinet.close();
    await gabinet.start();
    await gabinet.openProject(project.name);
    await expectAll(gabinet.page);
  });

  await sheetButton(gabinet.page, 'Upload 2 avatars').click();
  await expect(storedCard(gabinet.page, /Otto, version 1/)).toBeVisible();
  await expect(liveName(gabinet.page)).toContainText('Otto');
});

test('discarding files can be undone, by the notice and with Ctrl Z', async ({ gabinet }) => {
  const { page } = gabinet;
  await chooseFiles(page, [samples.minimal, samples.robin]);
  const row = await openRow(page, 'minimal.gab');
  await row.getByRole('textbox', { name: 'Note' }).fill('New hair');
  await sheetButton(page, 'Discard').click();
  await expect(sheetOf(page)).toBeHidden();
  await noticeOf(page, '2 files discarded').getByRole('button', { name: 'Undo' }).click();
  await expect(sheetRow(page, 'portrait-2d.gab')).toBeVisible();
  const restored = await openRow(page, 'minimal.gab');
  await expect(restored.getByRole('textbox', { name: 'Note' })).toHaveValue('New hair');

  await sheetButton(page, 'Remove portrait-2d.gab').click();
  await expect(sheetRow(page, 'portrait-2d.gab')).toHaveCount(0);
  await sheetOf(page).press('Control+z');
  await expect(sheetRow(page, 'portrait-2d.gab')).toBeVisible();
});

test('several files of one avatar become its versions in order, also offline', async ({ gabinet, server, folder }) => {
  const { page } = gabinet;
  const paths = [await writeTria(folder, '1.10.0'), await writeTria(folder, '1.0.0')];
  await dropPaths(page, page.getByRole('main'), paths);
  await expect(sheetRow(page, 'tria-1.0.0.gab')).toContainText('New avatar Tria');
  await expect(sheetRow(page, 'tria-1.10.0.gab')).toContainText('New version of Tria (from this upload)');
  const names = await group(page, 'Ready')
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label')));
  expect(names).toEqual(['tria-1.0.0.gab', 'tria-1.10.0.gab']);
  const second = await openRow(page, 'tria-1.10.0.gab');
  await expect(second.getByRole('button', { name: 'Add tria-1.10.0.gab as' })).toContainText(
    'New version of Tria (from this upload)',
  );
  await server.goAway();
  await sheetButton(page, 'Upload 2 avatars').click();
  await openTray(page);
  await expect(transfer(page, 'tria-1.10.0.gab')).toContainText('Waits for tria-1.0.0.gab');
  await server.comeBack();
  await expect(card(page, /Tria, version 2/)).toBeVisible({ timeout: ARRIVAL_MS });
  await expect(cards(page)).toHaveCount(1);
});

test('a note belongs to one version, not to the next one', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara', description: 'Old hair' } });
  await expect(storedCard(page, /Mara, version 1/)).toBeVisible();
  await chooseFiles(page, [samples.minimalNext]);
  await expect(sheetRow(page, 'asset-unused.gab').getByRole('textbox', { name: 'Note' })).toHaveValue('');
  await sheetButton(page, 'Upload 1 avatar').click();
  const details = await openDetailsPane(page, /Mara, version 2/);
  await expect(details.getByRole('textbox', { name: 'Description' })).toHaveValue('');
});

test('files are grouped, refused first, one line each; tags apply to all of them', async ({
  gabinet,
  admin,
  project,
  folder,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal);
  await expect(storedCard(page, /Minimal/)).toBeVisible();
  const notes = join(folder, 'notes.gab');
  await writeFile(notes, '');
  const files = [samples.robin, samples.minimal, hostile('crc-wrong.gab'), samples.robot, notes];
  await dropPaths(page, page.getByRole('main'), files);
  await expect(sheetButton(page, 'Upload 2 avatars')).toBeEnabled();
  await expect(sheetOf(page).getByRole('heading', { level: 3 })).toHaveText(['Refused 2', 'Ready 2', 'Already here 1']);
  for (const row of await sheetOf(page).getByRole('listitem').all()) {
    expect((await row.boundingBox())?.height).toBeLessThan(60);
  }
  await sheetOf(page).getByRole('textbox', { name: 'Tags for all new avatars' }).fill('formal, evening');
  await sheetButton(page, 'Apply tags to all').click();
  for (const fileName of ['portrait-2d.gab', 'robot-expressive.gab']) {
    const row = await openRow(page, fileName);
    await expect(row.getByRole('textbox', { name: 'Tags' })).toHaveValue('formal, evening');
  }
  await sheetButton(page, 'Refused 2').click();
  await expect(sheetRow(page, 'crc-wrong.gab')).toHaveCount(0);
});

test('the sheet is at most 960 pixels wide', async ({ openGabinet, project }) => {
  const gabinet = await openGabinet({ viewport: { width: 2560, height: 1440 } });
  await gabinet.signIn('designer@aurora.example');
  await gabinet.openProject(project.name);
  await chooseFiles(gabinet.page, [samples.minimal]);
  await expect(sheetRow(gabinet.page, 'minimal.gab')).toBeVisible();
  expect((await sheetOf(gabinet.page).boundingBox())?.width).toBe(960);
});

test('at most one file goes live; choosing another one moves it', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await expect(liveName(page)).toContainText('Mara');
  await chooseFiles(page, [samples.robin, samples.robot]);
  const switches = sheetOf(page).getByRole('switch');
  for (const fileName of ['portrait-2d.gab', 'robot-expressive.gab']) await openRow(page, fileName);
  await expect(switches.nth(0)).not.toBeChecked();
  await expect(switches.nth(1)).not.toBeChecked();
  await switches.nth(0).press('Space');
  await switches.nth(1).press('Space');
  await expect(switches.nth(0)).not.toBeChecked();
  await expect(switches.nth(1)).toBeChecked();
  await expect(sheetOf(page)).toContainText('Robot Expressive will be live.');
});

test('files dropped on the details pane are added', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal);
  await openDetailsPane(page, /Minimal/);
  await hover(page, detailsPaneOf(page), [samples.robin]);
  await expect(page.getByText(`Drop to add to ${project.name}`)).toBeVisible();
  await dropPaths(page, detailsPaneOf(page), [samples.robin]);
  await expect(sheetRow(page, 'portrait-2d.gab')).toBeVisible();
});

test('files held over a project in the sidebar open it, and are added to it', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  const other = await admin.createProject('aurora');
  const item = page
    .getByRole('navigation', { name: 'Projects' })
    .getByRole('button', { name: other.name, exact: true });
  await expect(item).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(project.name);
  await hover(page, item, [samples.robin]);
  await expect(item).toContainText('Drop to add here');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(other.name);
  await dropPaths(page, item, [samples.robin]);
  await expect(page.getByRole('region', { name: `Add to ${other.name}` })).toBeVisible();
  await expect(sheetRow(page, 'portrait-2d.gab')).toBeVisible();
});

test('an empty folder gets an answer', async ({ gabinet, folder }) => {
  const { page } = gabinet;
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await dropPaths(page, page.getByRole('main'), [empty]);
  await expect(noticeOf(page, 'Nothing to add: no .gab files found')).toBeVisible();
  await expect(sheetOf(page)).toBeHidden();
});

test('what breaks the live avatar never goes live without the question, also without a server', async ({
  openGabinet,
  wire,
  admin,
  project,
  folder,
}) => {
  const files = await writeVersions(folder);
  const first = await admin.upload(project.uuid, files.first);
  const gabinet = await openGabinet({ serverUrl: wire.url });
  const { page } = gabinet;
  await gabinet.signIn('designer@aurora.example');
  await gabinet.openProject(project.name);
  await expect(liveName(page)).toContainText('v1');
  const question = page.getByRole('alertdialog', { name: /will break features of/ });

  await test.step('without a server it is asked about the live version as it was', async () => {
    await chooseFiles(page, [files.renamed]);
    await expect(sheetRow(page, 'mara-renamed.gab')).toContainText('compared with the live Mara v1');
    await chooseToGoLive(page, true);
    wire.cut();
    await sheetButton(page, 'Upload 1 avatar').click();
    await question.getByRole('button', { name: 'Make live anyway' }).click();
    await expect(sheetOf(page)).toBeHidden();
  });

  await test.step('with the server it is asked again, because another version is live now', async () => {
    await admin.upload(project.uuid, files.repainted, { fields: { lineage_uuid: first.lineage_uuid } });
    wire.restore();
    await expect(question).toHaveAccessibleName('Making Mara v3 live will break features of Mara v2', {
      timeout: ARRIVAL_MS,
    });
    await expect(liveName(page)).toContainText('v2');
  });

  await test.step('the question survives a reload, and its answer counts', async () => {
    await page.reload();
    await expect(question).toHaveAccessibleName('Making Mara v3 live will break features of Mara v2');
    await expectNoFaults(page);
    await question.getByRole('button', { name: 'Make live anyway' }).click();
    await expect(noticeOf(page, 'Mara v3 is live')).toBeVisible();
    await expect(liveName(page)).toContainText('v3');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the sheet has no accessibility fault in any state, ${colorScheme}`, async ({ openGabinet, project, admin }) => {
    await admin.upload(project.uuid, samples.minimal);
    const gabinet = await openGabinet({ colorScheme });
    const { page } = gabinet;
    await gabinet.signIn('designer@aurora.example');
    await gabinet.openProject(project.name);
    const files = [samples.robin, samples.minimal, hostile('crc-wrong.gab'), samples.robot, samples.needsNewerRuntime];
    await dropPaths(page, page.getByRole('main'), files);
    await expect(sheetButton(page, 'Upload 3 avatars')).toBeEnabled();
    await expectNoFaults(page);
    for (const fileName of ['portrait-2d.gab', 'minimal.gab', 'crc-wrong.gab', 'runtime-too-old.gab']) {
      await openRow(page, fileName);
    }
    const row = sheetRow(page, 'portrait-2d.gab');
    await row.getByRole('textbox', { name: 'Name' }).fill('');
    await expect(row.getByRole('alert')).toBeVisible();
    await expectNoFaults(page);
    await sheetOf(page).press('Escape');
    await expect(hiddenSheet(page)).toBeVisible();
    await expectNoFaults(page);
    await hiddenSheet(page).getByRole('button', { name: 'Show' }).click();
    await sheetButton(page, 'Discard').click();
    await expect(noticeOf(page, '5 files discarded')).toBeVisible();
    await expectNoFaults(page);
  });
}
