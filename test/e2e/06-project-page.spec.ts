import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, cards, detailsPaneOf, expectPictureIn, openDetailsPane, showVersions } from './support/screen.ts';

test.beforeEach(async ({ admin, project, gabinet }) => {
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara', tags: 'formal' } });
  await admin.upload(project.uuid, samples.robot, { fields: { name: 'Otto', tags: 'casual,kiosk' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', tags: 'casual' } });
  await expect(cards(gabinet.page)).toHaveCount(3);
});

test('a card shows picture, name, version, size, tags, author and whether it is live', async ({ gabinet }) => {
  const otto = card(gabinet.page, /Otto, version 1/);
  await expectPictureIn(otto);
  for (const text of ['Otto', 'v1', '228 kB', 'casual', 'kiosk', 'Ada']) await expect(otto).toContainText(text);
  await expect(card(gabinet.page, /Fay, version 1, live/i)).toBeVisible();
});

test('search, tag filter and sort change the cards shown', async ({ gabinet }) => {
  const { page } = gabinet;
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('ott');
  await expect(cards(page)).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('');
  await page.getByRole('group', { name: 'Filter by tag' }).getByRole('button', { name: 'casual' }).click();
  await expect(cards(page)).toHaveCount(2);
  await page.getByRole('group', { name: 'Filter by tag' }).getByRole('button', { name: 'casual' }).click();
  await expect(cards(page).first()).toHaveAccessibleName(/Fay/);
  await page.getByRole('button', { name: /^Sort/ }).click();
  await page.getByRole('option', { name: 'Size' }).click();
  await expect(cards(page).first()).toHaveAccessibleName(/Otto/);
});

test('opening a card shows details, findings and the version history, newest first', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  const { avatars } = await admin.avatars(project.uuid);
  const lineage = avatars.find(({ name }) => name === 'Mara')?.lineage_uuid ?? '';
  await admin.upload(project.uuid, samples.needsNewerRuntime, { fields: { lineage_uuid: lineage } });
  await openDetailsPane(page, /Mara, version 2/);
  await expect(detailsPaneOf(page)).toContainText('runtime-too-old.gab');
  await detailsPaneOf(page)
    .getByRole('tab', { name: /Findings/ })
    .click();
  await expect(detailsPaneOf(page).getByRole('list', { name: 'Findings' })).toContainText('GAB_W_RUNTIME_TOO_OLD');
  const versions = await showVersions(page);
  await expect(versions.getByRole('listitem')).toHaveCount(2);
  await expect(versions.getByRole('listitem').first()).toHaveAccessibleName(/Version 2/);
});

test('the arrow keys move between cards, and Enter opens the details pane', async ({ gabinet }) => {
  const { page } = gabinet;
  await cards(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(detailsPaneOf(page)).toContainText('Otto');
});
