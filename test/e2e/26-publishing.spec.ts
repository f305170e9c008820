import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  chooseFiles,
  chooseToGoLive,
  detailsPaneOf,
  liveName,
  liveNow,
  makeLive,
  noticeOf,
  offlineNote,
  selectCard,
  sheetOf,
  storedCard,
} from './support/screen.ts';

const question = (page: Page): Locator => page.getByRole('alertdialog', { name: 'Take Mara v1 offline?' });

test.beforeEach(async ({ admin, project, gabinet }) => {
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', activate: 'false' } });
  await expect(storedCard(gabinet.page, /Fay/)).toBeVisible();
  await expect(liveName(gabinet.page)).toContainText('Mara');
});

test('no single key makes the selected avatar live, Ctrl Enter does', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await selectCard(page, /Fay/);
  for (const key of ['a', 'A', 'l', 'p', 'Enter']) await page.keyboard.press(key);
  await expect(liveName(page)).toContainText('Mara');
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
  await expect(liveName(page)).toContainText('Mara');
  await expect(noticeOf(page, 'Mara v1 is live')).toBeVisible();
  // The undo is a change like any other.
  await card(page, /Mara/).press('Control+z');
  await expect(liveName(page)).toContainText('Fay');
});

test('undo says who has changed the live avatar since, and changes nothing', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robot, { fields: { name: 'Otto', activate: 'false' } });
  await makeLive(page, /Fay/);
  await expect(noticeOf(page, 'Fay v1 is live')).toBeVisible();
  const { avatars } = await admin.avatars(project.uuid);
  const [fay, otto] = ['Fay', 'Otto'].map((name) => avatars.find((avatar) => avatar.name === name)?.uuid ?? null);
  await admin.setActive(project.uuid, otto ?? null, fay ?? null);
  await expect(liveName(page)).toContainText('Otto');
  await card(page, /Fay/).press('Control+z');
  await expect(noticeOf(page, 'Not undone: Ada has made Otto v1 live since.')).toBeVisible();
  await expect(liveName(page)).toContainText('Otto');
});

test('taking the live avatar offline asks once, and can be undone', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await liveNow(page).getByRole('button', { name: 'Take offline' }).click();
  await expectNoFaults(page);
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(liveName(page)).toContainText('Mara');
  await selectCard(page, /Mara/);
  await detailsPaneOf(page).getByRole('button', { name: 'Take offline' }).click();
  await question(page).getByRole('button', { name: 'Take offline' }).click();
  await expect(liveNow(page)).toContainText('Nothing is live');
  await noticeOf(page, 'Nothing is live now').getByRole('button', { name: 'Undo' }).click();
  await expect(noticeOf(page, 'Mara v1 is live')).toBeVisible();
  const { avatars } = await admin.avatars(project.uuid);
  expect(avatars.filter(({ is_active }) => is_active).map(({ name }) => name)).toEqual(['Mara']);
});

test('back to what was live before brings the other avatar back, also from nothing', async ({ gabinet }) => {
  const { page } = gabinet;
  await makeLive(page, /Fay/);
  await expect(noticeOf(page, 'Fay v1 is live')).toBeVisible();
  await liveNow(page)
    .getByRole('button', { name: /^Back to Mara v1, live until/ })
    .click();
  await page
    .getByRole('alertdialog', { name: 'Making Mara v1 live will break features of Fay v1' })
    .getByRole('button', { name: 'Make live anyway' })
    .click();
  await expect(liveName(page)).toContainText('Mara');
  await liveNow(page).getByRole('button', { name: 'Take offline' }).click();
  await question(page).getByRole('button', { name: 'Take offline' }).click();
  await liveNow(page)
    .getByRole('button', { name: /^Bring Mara v1 back, live until/ })
    .click();
  await expect(liveName(page)).toContainText('Mara');

  await liveNow(page).getByRole('button', { name: 'History' }).click();
  const rows = page.getByRole('dialog', { name: /^What was live in/ }).getByRole('listitem');
  await expect(rows).toHaveCount(5);
  await expect(rows.first()).toContainText(/Mara v1.*Dana, rolled back$/);
  await expect(rows.nth(1)).toContainText(/Nothing live.*before: Mara v1/);
  await expect(rows.last()).toContainText(/Mara v1.*Ada, after its upload/);
  await expectNoFaults(page);
  await page.keyboard.press('Escape');
  await selectCard(page, /Fay/);
  await detailsPaneOf(page).getByRole('tab', { name: 'Activity' }).click();
  await expect(detailsPaneOf(page).getByRole('list', { name: 'Activity' }).getByRole('listitem')).toHaveCount(2);
});

test('an upload that went live can be undone, too', async ({ gabinet }) => {
  const { page } = gabinet;
  await chooseFiles(page, [samples.robot]);
  await chooseToGoLive(page, true);
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await noticeOf(page, 'Robot Expressive v1 is live').getByRole('button', { name: 'Undo' }).click();
  await expect(liveName(page)).toContainText('Mara');
});

/**
 * Comparisons fail as if the server were needed for them and away. The bridge in a browser is a
 * socket.
 */
async function failComparisons(page: Page): Promise<void> {
  const failure = { code: 'offline', serverUrl: 'https://avatars.example', status: null };
  await page.routeWebSocket(/\/bridge$/, (socket) => {
    const shell = socket.connectToServer();
    socket.onMessage((message) => {
      const { id, channel } = JSON.parse(String(message));
      if (channel !== 'comparison.compare') shell.send(message);
      else socket.send(JSON.stringify({ type: 'answer', id, output: { ok: false, failure } }));
    });
  });
}

test('offline, what could not be compared is asked about, and the notice says when it goes live', async ({
  openGabinet,
  shell,
  wire,
  project,
}) => {
  test.skip(shell === 'electron', 'only the bridge of the browser shell is a socket');
  const dana = await openGabinet({ serverUrl: wire.url, prepare: failComparisons });
  await dana.signIn(ACCOUNTS.designer);
  await dana.openProject(project.name);
  await expect(liveName(dana.page)).toContainText('Mara');
  wire.cut();
  await expect(offlineNote(dana.page)).toBeVisible({ timeout: 60_000 });
  await makeLive(dana.page, /Fay/);
  const uncompared = dana.page.getByRole('alertdialog', { name: "Fay v1 couldn't be compared with what is live" });
  await expect(uncompared).toContainText('Applications that show Mara v1 may lose features');
  await expectNoFaults(dana.page);
  await uncompared.getByRole('button', { name: 'Cancel' }).click();
  await expect(liveName(dana.page)).toContainText('Mara');
  await makeLive(dana.page, /Fay/);
  await uncompared.getByRole('button', { name: 'Make live anyway' }).click();
  const waiting = noticeOf(dana.page, "Fay v1 will go live when you're back online");
  await expect(liveName(dana.page)).toContainText('Fay');
  await expect(liveNow(dana.page)).toContainText("Goes live when you're back online");
  await expect(liveNow(dana.page)).toContainText('Live until then: Mara v1');
  await expect(card(dana.page, /Mara, version 1, live/)).toBeVisible();
  await expect(card(dana.page, /Fay, version 1, going live/)).toBeVisible();
  await waiting.getByRole('button', { name: 'Undo' }).click();
  await expect(liveName(dana.page)).toContainText('Mara');
});
