import { dropPaths, hover } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, chooseToGoLive, openRow, sheetOf, sheetRow } from './support/screen.ts';

test('a file dropped on a card becomes its next version, whatever its manifest says', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Robin' } });
  await expect(card(page, /Robin, version 1/)).toBeVisible();
  await hover(page, card(page, /Robin/), [samples.minimal]);
  await expect(page.getByText('New version of Robin')).toBeVisible();
  await expect(page.getByText(`Drop to add to ${project.name}`)).toHaveCount(0);
  await dropPaths(page, card(page, /Robin/), [samples.minimal]);
  await expect(sheetRow(page, 'minimal.gab').getByRole('button', { name: 'Add minimal.gab as' })).toContainText(
    'New version of Robin',
  );
  await chooseToGoLive(page, false);
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(page, /Robin, version 2/)).toBeVisible();
});

test('several files dropped on a card are matched by their manifests, not by the card', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Robin' } });
  await expect(card(page, /Robin, version 1/)).toBeVisible();
  await dropPaths(page, card(page, /Robin/), [samples.minimal, samples.robot]);
  for (const fileName of ['minimal.gab', 'robot-expressive.gab']) {
    const row = await openRow(page, fileName);
    await expect(row.getByRole('button', { name: `Add ${fileName} as` })).toContainText('New avatar');
  }
});
