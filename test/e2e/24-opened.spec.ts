import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { hostile, samples } from './support/samples.ts';
import { card, detailsPaneOf, noticeOf, openRow, selectCard, sheetOf, sheetRow } from './support/screen.ts';

function chooser(page: Page, name: string): Locator {
  return page.getByRole('dialog', { name, exact: true });
}

function choose(page: Page, dialogName: string, projectName: string): Promise<void> {
  return chooser(page, dialogName)
    .getByRole('menuitem', { name: new RegExp(`^${projectName} `) })
    .click();
}

/** The link to a project or avatar in the page of the browser shell. */
function goToHash(page: Page, path: string): Promise<void> {
  return page.evaluate((hash) => {
    globalThis.location.hash = hash;
  }, `/${path}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`files opened before sign-in wait for it and for a project, ${colorScheme}`, async ({
    openGabinet,
    project,
    admin,
  }) => {
    const names = [samples.minimal, samples.robin, hostile('crc-wrong.gab'), samples.minimal];
    const gabinet = await openGabinet({ colorScheme, names });
    const { page } = gabinet;
    await expect(page.getByText('3 files will be added after you sign in')).toBeVisible();
    await expectNoFaults(page);
    await page.reload();
    await expect(page.getByText('3 files will be added after you sign in')).toBeVisible();

    await gabinet.signIn(ACCOUNTS.designer);
    await expect(chooser(page, 'Add 3 files')).toContainText('minimal.gab, portrait-2d.gab, crc-wrong.gab');
    await expectNoFaults(page);
    await page.reload();
    await page.getByRole('searchbox', { name: 'Search projects' }).fill(project.name);
    await choose(page, 'Add 3 files', project.name);
    await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible();
    await expect(await openRow(page, 'crc-wrong.gab')).toContainText('1 finding');
    await expect(sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' })).toBeEnabled();
    expect((await admin.avatars(project.uuid)).total).toBe(0);
    await page.reload();
    await expect(sheetOf(page).getByRole('listitem')).toHaveCount(3);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
}

test('many long names leave the chooser its buttons, and a press outside does not lose them', async ({
  openGabinet,
  folder,
}) => {
  const names = [1, 2, 3, 4, 5].map((number) => join(folder, `${`mara from the lobby ${number} `.repeat(8)}.gab`));
  for (const name of names) await copyFile(samples.robin, name);
  const gabinet = await openGabinet({ names, viewport: { width: 900, height: 600 } });
  const { page } = gabinet;
  await gabinet.signIn(ACCOUNTS.designer);
  const dialog = chooser(page, 'Add 5 files');
  await expect(dialog.getByRole('button', { name: "Don't add" })).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByRole('heading')).toBeInViewport({ ratio: 1 });
  await page.mouse.click(10, 590);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a file that is not wanted after all stays where it is and is not added', async ({ openGabinet }) => {
  const gabinet = await openGabinet({ names: [samples.robin] });
  const { page } = gabinet;
  await gabinet.signIn(ACCOUNTS.designer);
  await chooser(page, 'Add portrait-2d.gab').getByRole('button', { name: "Don't add" }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Projects' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what cannot be opened is said in a sentence, also before sign-in', async ({ openGabinet, folder }) => {
  await mkdir(join(folder, 'avatars'));
  const gone = join(folder, 'gone.gab');
  const gabinet = await openGabinet({ names: [gone, join(folder, 'avatars'), 'gabinet://settings'] });
  const { page } = gabinet;
  await expect(noticeOf(page, `Couldn't open ${gone}`)).toContainText("There's no file at this path.");
  await expect(noticeOf(page, `Couldn't open ${join(folder, 'avatars')}`)).toContainText(
    'expected a file, not a folder',
  );
  await expect(noticeOf(page, "Can't open the link")).toContainText("isn't a link to a project or an avatar");
  await page.reload();
  await expect(page.getByRole('group', { name: 'Demo accounts' })).toBeVisible();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
});

test('a file that is not a bundle is refused in the sheet, as a dropped one is', async ({
  openGabinet,
  project,
  folder,
}) => {
  const picture = join(folder, 'picture.gab');
  await copyFile(join(import.meta.dirname, '../../build-resources/gab/16x16.png'), picture);
  const gabinet = await openGabinet({ names: [picture] });
  await gabinet.signIn(ACCOUNTS.designer);
  await choose(gabinet.page, 'Add picture.gab', project.name);
  await expect(sheetRow(gabinet.page, 'picture.gab')).toContainText('Not a bundle');
});

test('the chooser says so if there is no project to upload to', async ({ openGabinet }) => {
  const gabinet = await openGabinet({ names: [samples.robin] });
  await gabinet.signIn(ACCOUNTS.viewer);
  await expect(chooser(gabinet.page, 'Add portrait-2d.gab')).toContainText("There's no project");
});

test('a link opened before sign-in shows its avatar afterwards', async ({ openGabinet, project, admin }) => {
  await admin.upload(project.uuid, samples.minimal);
  const robin = await admin.upload(project.uuid, samples.robin);
  const link = `gabinet://project/${project.uuid}/avatar/${robin.lineage_uuid}`;
  const gabinet = await openGabinet({ names: [link] });
  const { page } = gabinet;
  await expect(page.getByText('The link will open after you sign in.')).toBeVisible();
  await gabinet.signIn(ACCOUNTS.designer);
  await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible();
  await expect(detailsPaneOf(page).getByRole('button', { name: 'Edit name' })).toBeVisible();
  await expect(card(page, /^Robin/)).toHaveAttribute('aria-selected', 'true');
});

test('a copied link opens its project or avatar in the page', async ({ gabinet, project, admin, shell }) => {
  test.skip(shell === 'electron', 'links with the address of the page exist only in the browser shell');
  const { page } = gabinet;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await admin.upload(project.uuid, samples.robin);
  await selectCard(page, /^Robin/);
  await detailsPaneOf(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(noticeOf(page, 'Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await goToHash(page, new URL(link).hash.slice(2));
  await expect(card(page, /^Robin/)).toHaveAttribute('aria-selected', 'true');
  expect(new URL(page.url()).hash).toBe('');

  await page
    .getByRole('navigation', { name: 'Projects' })
    .getByRole('button', { name: project.name, exact: true })
    .focus();
  await page.getByRole('button', { name: `Actions for ${project.name}` }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(new URL(`/#/project/${project.uuid}`, link).href);
});

test('a link to what the account may not see shows nothing of it', async ({ gabinet, project, admin, shell }) => {
  test.skip(shell === 'electron', 'links with the address of the page exist only in the browser shell');
  const { page } = gabinet;
  const foreign = await admin.createProject('borealis');
  await goToHash(page, `project/${foreign.uuid}`);
  await expect(noticeOf(page, 'Not found here')).toContainText("isn't here, or you may not see it");
  await expect(page.getByRole('heading', { name: project.name, level: 1 })).toBeVisible();
  await noticeOf(page, 'Not found here').getByRole('button', { name: 'Dismiss' }).click();

  await goToHash(page, `project/${project.uuid}/avatar/${foreign.uuid}`);
  await expect(noticeOf(page, 'Not found here')).toContainText(`isn't in ${project.name}`);

  await goToHash(page, `project/${project.uuid}?make-live`);
  await expect(noticeOf(page, "Can't open the link")).toBeVisible();
});
