import type { Locator, Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  detailsPaneOf,
  expectPictureIn,
  noticeOf,
  openDetailsPane,
  selectCard,
  storedCard,
} from './support/screen.ts';

const nameField = (page: Page): Locator => detailsPaneOf(page).getByRole('textbox', { name: 'Name' });
const tagField = (page: Page): Locator => detailsPaneOf(page).getByRole('textbox', { name: 'Add tag' });
const description = (page: Page): Locator => detailsPaneOf(page).getByRole('textbox', { name: 'Description' });
const draftBar = (page: Page): Locator => detailsPaneOf(page).getByRole('region', { name: 'Unsaved changes' });

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Command palette' });
const results = (page: Page): Locator => palette(page).getByRole('menuitem');

async function searchInPalette(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await palette(page).getByRole('searchbox', { name: 'Command' }).fill(query);
}

async function expectNoFaultsInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoFaults(page);
  }
}

async function renameInDraft(page: Page, avatar: RegExp, name: string): Promise<void> {
  await openDetailsPane(page, avatar);
  await detailsPaneOf(page).getByRole('button', { name: 'Edit name' }).click();
  await nameField(page).fill(name);
}

test.beforeEach(async ({ admin, project, gabinet }) => {
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', tags: 'Formal', activate: 'false' } });
  await expect(storedCard(gabinet.page, /Fay/)).toBeVisible();
  await expect(storedCard(gabinet.page, /Mara/)).toBeVisible();
});

test('name, tags and description stay with their avatar until they are saved, also after a reload', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await page.setViewportSize({ width: 1280, height: 800 });
  await renameInDraft(page, /Mara/, 'Maria');
  await tagField(page).fill('form');
  await detailsPaneOf(page).getByRole('button', { name: 'Add Formal' }).click();
  await tagField(page).fill('winter, FORMAL');
  await description(page).fill('For the front desk');
  for (const button of ['Save', 'Discard'])
    await expect(draftBar(page).getByRole('button', { name: button })).toBeInViewport({ ratio: 1 });
  await expectNoFaultsInBothThemes(page);

  await selectCard(page, /Fay/);
  await expect(description(page)).not.toHaveValue('For the front desk');
  await expect(draftBar(page)).toBeHidden();
  await expect(card(page, /Mara, .*, unsaved/)).toContainText('Unsaved');
  await page.reload();
  await selectCard(page, /Mara/);
  await expect(nameField(page)).toHaveValue('Maria');
  await expect(tagField(page)).toHaveValue('winter, FORMAL');
  await expect(description(page)).toHaveValue('For the front desk');

  await description(page).press('Control+s');
  await expect(draftBar(page)).toBeHidden();
  await expect(card(page, /Maria/)).not.toContainText('Unsaved');
  await expect
    .poll(async () => (await admin.avatars(project.uuid)).avatars.find(({ name }) => name === 'Maria'))
    .toMatchObject({ tags: ['Formal', 'winter'], description: 'For the front desk' });
});

test('discarding a draft can be undone', async ({ gabinet }) => {
  const { page } = gabinet;
  await renameInDraft(page, /Mara/, 'Maria');
  await draftBar(page).getByRole('button', { name: 'Discard' }).click();
  await expect(draftBar(page)).toBeHidden();
  await noticeOf(page, 'Discarded the changes to Mara').getByRole('button', { name: 'Undo' }).click();
  await expect(nameField(page)).toHaveValue('Maria');
});

test('a draft says what somebody else has changed, and that its avatar was deleted', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await renameInDraft(page, /Mara/, 'Maria');
  const { avatars } = await admin.avatars(project.uuid);
  const uuid = avatars.find(({ name }) => name === 'Mara')?.uuid;
  await admin.request('PATCH', `/api/customer/avatars/${uuid}`, { name: 'Marta' });
  await expect(draftBar(page).getByRole('alert')).toContainText('The name is now “Marta”.');
  await expect(draftBar(page).getByRole('button', { name: 'Save' })).toBeDisabled();
  await draftBar(page).getByRole('button', { name: 'Keep mine' }).click();
  await draftBar(page).getByRole('button', { name: 'Save' }).click();
  await expect(storedCard(page, /Maria/)).toBeVisible();

  await description(page).fill('Unsaved');
  await admin.request('DELETE', `/api/customer/avatars/${uuid}?scope=avatar`);
  await expect(noticeOf(page, 'Maria was deleted')).toContainText('kept for 30 days, in case it is restored');
});

test('limits are counted before they are reached, and no validator speaks', async ({ gabinet }) => {
  const { page } = gabinet;
  await renameInDraft(page, /Mara/, 'x'.repeat(64));
  await expect(detailsPaneOf(page)).toContainText('64 of 80 characters');
  await nameField(page).fill('x'.repeat(83));
  await expect(detailsPaneOf(page)).toContainText('Too long by 3 characters.');
  await expect(draftBar(page)).toContainText('The name can have at most 80 characters.');
  await expect(draftBar(page).getByRole('button', { name: 'Save' })).toBeDisabled();
  await nameField(page).fill('Maria');
  await tagField(page).fill('y'.repeat(33));
  await expect(draftBar(page)).toContainText('A tag can have at most 32 characters.');
  await expect(page.locator('body')).not.toContainText(/expected|must not|Too (big|small)/);
});

test('the palette finds an avatar of another project by its mistyped name, with its picture', async ({
  gabinet,
  admin,
}) => {
  const { page } = gabinet;
  const other = await admin.createProject('aurora');
  const name = `Wendeline ${other.name.replaceAll(/[^a-z0-9]/gi, '')}`;
  await admin.upload(other.uuid, samples.robin, { fields: { name } });
  await expect(
    page.getByRole('navigation', { name: 'Projects' }).getByRole('button', { name: other.name, exact: true }),
  ).toBeVisible();
  await searchInPalette(page, name.replace('Wendeline', 'Wendelnie'));
  await expect(results(page).first()).toContainText(`${name} v1`);
  await expect(results(page).first()).toContainText(`Live in ${other.name}`);
  await expectPictureIn(results(page).first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main', { name: other.name })).toBeVisible();
  await expect(detailsPaneOf(page).getByRole('heading', { name })).toBeVisible();
});

test('the palette names the selection, and "trash" and Enter delete nothing', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await selectCard(page, /Fay/);
  await searchInPalette(page, '');
  await expect(results(page).filter({ hasText: 'Make Fay v1 live' })).toBeVisible();
  await expectNoFaultsInBothThemes(page);
  await palette(page).getByRole('searchbox', { name: 'Command' }).fill('trash');
  await expect(results(page).first()).toContainText('Trash');
  await expect(results(page).filter({ hasText: 'Move Fay v1 to the trash' })).toBeVisible();
  await expectNoFaultsInBothThemes(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main', { name: 'Trash' })).toBeVisible();
  expect((await admin.avatars(project.uuid)).total).toBe(2);

  await gabinet.openProject(project.name);
  await selectCard(page, /Mara/);
  await searchInPalette(page, 'live');
  await expect(results(page).filter({ hasText: 'Take Mara v1 offline' })).toBeVisible();
  await expect(results(page).filter({ hasText: /^Make .* live/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
});
