import { statSync } from 'node:fs';
import { formatBytes } from '../../shared/lib/sizes.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { card, openTray, sheetOf, transfer } from './support/screen.ts';

test('files that do not fit are announced, refused with the reason, and stored when the quota is raised', async ({
  gabinet,
  project,
  admin,
}) => {
  const { page } = gabinet;
  const sizeBytes = statSync(samples.robin).size;
  await admin.setQuota(project.uuid, sizeBytes - 1);
  await dropPaths(page, page.getByRole('main'), [samples.robin]);
  await expect(sheetOf(page).getByRole('note')).toContainText('These files need');
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await openTray(page);
  await expect(transfer(page, 'portrait-2d.gab')).toContainText('Not enough storage');
  await expect(card(page, 'Robin')).toContainText('Refused');
  await admin.setQuota(project.uuid, 2 * sizeBytes);
  await expect(transfer(page, 'portrait-2d.gab')).toContainText(/on the server/i);
  const [used, quota] = [formatBytes(sizeBytes), formatBytes(2 * sizeBytes)];
  await expect(page.getByRole('main')).toContainText(`${used} of ${quota} used`);
});
