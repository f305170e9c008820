import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  detailsPaneOf,
  liveNow,
  makeLive,
  noticeOf,
  offlineNote,
  selectCard,
  storedCard,
} from './support/screen.ts';

const question = (page: Page): Locator => page.getByRole('alertdialog', { name: 'Take Mara v1 offline?' });

test.beforeEach(async ({ admin, project, gabinet }) => {
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', activate: 'false' } });
  await expect(storedCard(gabinet.page, /Fay/)).toBeVisible();
  await expect(liveNow(gabinet.page)).toContainText('Mara');
});

test('no single key makes the selected avatar live, Ctrl Enter does', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await selectCard(page, /Fay/);
  for (const key of ['a', 'A', 'l', 'p', 'Enter']) await page.keyboard.press(key);
  await expect(liveNow(page)).toContainText('Mara');
  await card(page, /Fay/).press('Control+Enter');
  await expect(noticeOf(page, 'Fay v1 is live')).toBeVisible();
  const { avatars } = await admin.avatars(project.uuid);
  expect(avatars.filter(({ is_active }) => is_active).map(({ name }) => name)).toEqual(['Fay']);
});

test('the keys are listed and can be changed, and stay changed', async ({ gabinet }) => {
  const { page } = gabinet;
  await card(page, /Fay/).press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expectNoFaults(page);
  await dialog.getByRole('button', { name: 'Make the selection live: Ctrl Enter. Change' }).click();
  await page.keyboard.press('l');
  await expect(dialog).toContainText('Making an avatar live takes Ctrl or Command and another key.');
  await dialog.getByRole('button', { name: 'Make the selection live: Ctrl Enter. Change' }).click();
  await page.keyboard.press('Control+l');
  await expect(dialog.getByRole('button', { name: 'Make the selection live: Ctrl L. Change' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await selectCard(page, /Fay/);
  await card(page, /Fay/).press('Control+Enter');
  await card(page, /Fay/).press('Control+l');
  await expect(noticeOf(page, 'Fay v1 is live')).toBeVisible();
});

test('making an avatar live can be undone, by the notice and with Ctrl Z', async ({ gabinet }) => {
  const { page } = gabinet;
  await makeLive(page, /Fay/);
  await noticeOf(page, 'Fay v1 is live').getByRole('button', { name: 'Undo' }).click();
  await expect(liveNow(page)).toContainText('Mara');
  await expect(noticeOf(page, 'Mara v1 is live')).toBeVisible();
  // The undo is a change like any other.
  await card(page, /Mara/).press('Control+z');
  await expect(liveNow(page)).toContainText('Fay');
});

test('undo says who has changed the live avatar since, and changes nothing', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robot, { fields: { name: 'Otto', activate: 'false' } });
  await makeLive(page, /Fay/);
  await expect(noticeOf(page, 'Fay v1 is live')).toBeVisible();
  const { avatars } = await admin.avatars(project.uuid);
  const [fay, otto] = ['Fay', 'Otto'].map((name) => avatars.find((avatar) => avatar.name === name)?.uuid ?? null);
  await admin.setActive(project.uuid, otto ?? null, fay ?? null);
  await expect(liveNow(page)).toContainText('Otto');
  await card(page, /Fay/).press('Control+z');
  await expect(noticeOf(page, 'Not undone: Ada has made Otto v1 live since.')).toBeVisible();
  await expect(liveNow(page)).toContainText('Otto');
});

test('taking the live avatar offline asks once, and can be undone', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await liveNow(page).getByRole('button', { name: 'Take offline' }).click();
  await expectNoFaults(page);
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(liveNow(page)).toContainText('Mara');
  await selectCard(page, /Mara/);
  await detailsPaneOf(page).getByRole('button', { name: 'Take offline' }).click();
  await question(page).getByRole('button', { name: 'Take offline' }).click();
  await expect(liveNow(page)).toContainText('Nothing is live');
  await noticeOf(page, 'Nothing is live now').getByRole('button', { name: 'Undo' }).click();
  await expect(noticeOf(page, 'Mara v1 is live')).toBeVisible();
  const { avatars } = await admin.avatars(project.uuid);
  expect(avatars.filter(({ is_active }) => is_active).map(({ name }) => name)).toEqual(['Mara']);
});

test('offline, the notice says when the avatar goes live, and undo takes the choice back', async ({
  openGabinet,
  wire,
  project,
}) => {
  const dana = await openGabinet({ serverUrl: wire.url });
  await dana.signIn(ACCOUNTS.designer);
  await dana.openProject(project.name);
  await expect(liveNow(dana.page)).toContainText('Mara');
  wire.cut();
  await expect(offlineNote(dana.page)).toBeVisible({ timeout: 60_000 });
  await makeLive(dana.page, /Fay/);
  const waiting = noticeOf(dana.page, "Fay v1 will go live when you're back online");
  await waiting.getByRole('button', { name: 'Undo' }).click();
  await expect(liveNow(dana.page)).toContainText('Mara');
});
