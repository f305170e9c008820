import type { Locator, Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, detailsPaneOf, noticeOf, openDetailsPane, selectCard, storedCard } from './support/screen.ts';

const nameField = (page: Page): Locator => detailsPaneOf(page).getByRole('textbox', { name: 'Name' });
const tagField = (page: Page): Locator => detailsPaneOf(page).getByRole('textbox', { name: 'Add tag' });
const description = (page: Page): Locator => detailsPaneOf(page).getByRole('textbox', { name: 'Description' });
const draftBar = (page: Page): Locator => detailsPaneOf(page).getByRole('region', { name: 'Unsaved changes' });
const themes = ['light', 'dark'] as const;

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
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expectNoFaults(page);
  }

  await selectCard(page, /Fay/);
  await expect(description(page)).not.toHaveValue('For the front desk');
  await expect(draftBar(page)).toBeHidden();
  await expect(card(page, /Mara/)).toContainText('Unsaved');
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
