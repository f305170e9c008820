import { ACCOUNTS } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import {
  card,
  chooseFiles,
  chooseToGoLive,
  compareWithLive,
  conflictsOf,
  detailsPaneOf,
  liveName,
  liveNow,
  makeLive,
  offlineNote,
  openDetailsPane,
  sheetOf,
  showVersions,
  upload,
} from './support/screen.ts';

/** Longest wait for a window to notice that it is offline, or to reconnect. */
const LINE_MS = 60_000;

test('the first avatar of a project goes live after its upload, later ones only if that is chosen', async ({
  gabinet,
}) => {
  const { page } = gabinet;
  await upload(page, [samples.minimal]);
  await expect(liveName(page)).toContainText('Minimal');
  await upload(page, [samples.robin]);
  await expect(card(page, /Robin, version 1/)).toBeVisible();
  await expect(liveName(page)).toContainText('Minimal');

  await chooseFiles(page, [samples.robot]);
  const toggle = sheetOf(page).getByRole('switch', { name: /^Goes live after upload/ });
  await expect(toggle).not.toBeChecked();
  await chooseToGoLive(page, true);
  // The choice is still there after a reload, and ends with this sheet.
  await page.reload();
  await expect(toggle).toBeChecked();
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(liveName(page)).toContainText('Robot Expressive');
  await chooseFiles(page, [samples.mage]);
  await expect(toggle).not.toBeChecked();
});

test('any version can be made live, rolled back or taken offline', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  const first = await admin.upload(project.uuid, samples.minimal);
  await admin.upload(project.uuid, samples.minimalNext, { fields: { lineage_uuid: first.lineage_uuid } });
  await expect(liveName(page)).toContainText('v2');
  await liveNow(page)
    .getByRole('button', { name: /^Back to Minimal v1, live until/ })
    .click();
  await expect(liveName(page)).toContainText('v1');

  await openDetailsPane(page, /Minimal/);
  await showVersions(page);
  await detailsPaneOf(page).getByRole('button', { name: 'Actions for version 2' }).click();
  await page.getByRole('menuitem', { name: 'Make live' }).click();
  await expect(liveName(page)).toContainText('v2');

  await liveNow(page).getByRole('button', { name: 'Take offline' }).click();
  await page
    .getByRole('alertdialog', { name: 'Take Minimal v2 offline?' })
    .getByRole('button', { name: 'Take offline' })
    .click();
  await expect(card(page, /Minimal, version 2, live/i)).toHaveCount(0);
  await expect
    .poll(async () => (await admin.avatars(project.uuid)).avatars.filter(({ is_active }) => is_active))
    .toEqual([]);
});

test('of two users who activate at the same time, the second sees who did it and when, and decides', async ({
  openGabinet,
  wire,
  admin,
  project,
}) => {
  const mara = await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', activate: 'false' } });
  await admin.upload(project.uuid, samples.robot, { fields: { name: 'Otto', activate: 'false' } });
  const dana = await openGabinet({ serverUrl: wire.url });
  await dana.signIn(ACCOUNTS.designer);
  await dana.openProject(project.name);
  const ada = await openGabinet();
  await ada.signIn(ACCOUNTS.admin);
  await ada.openProject(project.name);
  await expect(liveName(dana.page)).toContainText('Mara');
  await expect(liveName(ada.page)).toContainText('Mara');

  await compareWithLive(dana.page, /Otto/);

  // Dana's window still shows the old state.
  wire.cut();
  await expect(offlineNote(dana.page)).toBeVisible({ timeout: LINE_MS });
  await openDetailsPane(ada.page, /Fay/);
  await detailsPaneOf(ada.page).getByRole('button', { name: 'Make live', exact: true }).click();
  await expect(card(ada.page, /Fay, version 1, live$/)).toBeVisible();

  await makeLive(dana.page, /Otto/);
  wire.restore();
  const conflict = conflictsOf(dana.page);
  await expect(conflict).toContainText('Fay', { timeout: LINE_MS });
  await expect(conflict).toContainText('Ada');
  await expect(conflict).toContainText('Otto');
  await conflict.getByRole('button', { name: 'Make mine live' }).click();
  await expect(card(dana.page, /Otto, version 1, live$/)).toBeVisible();

  const { avatars } = await admin.avatars(project.uuid);
  expect(avatars.filter(({ is_active }) => is_active).map(({ name }) => name)).toEqual(['Otto']);
  expect(avatars.find(({ uuid }) => uuid === mara.uuid)?.is_active).toBe(false);
});

test('choosing “Keep theirs” in a conflict keeps the active avatar of the other user', async ({
  openGabinet,
  wire,
  admin,
  project,
}) => {
  const mara = await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  const fay = await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', activate: 'false' } });
  await admin.upload(project.uuid, samples.robot, { fields: { name: 'Otto', activate: 'false' } });
  const dana = await openGabinet({ serverUrl: wire.url });
  await dana.signIn(ACCOUNTS.designer);
  await dana.openProject(project.name);
  await expect(liveName(dana.page)).toContainText('Mara');
  await compareWithLive(dana.page, /Otto/);
  wire.cut();
  await expect(offlineNote(dana.page)).toBeVisible({ timeout: LINE_MS });
  await admin.setActive(project.uuid, fay.uuid, mara.uuid);
  await makeLive(dana.page, /Otto/);
  await expect(liveName(dana.page)).toContainText('Otto');
  wire.restore();
  await expect(conflictsOf(dana.page)).toBeVisible({ timeout: LINE_MS });
  await conflictsOf(dana.page).getByRole('button', { name: 'Keep theirs' }).click();
  await expect(conflictsOf(dana.page)).toBeHidden();
  await expect(liveName(dana.page)).toContainText('Fay');
});

test('the details pane says why a version cannot go live', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await upload(page, [samples.needsNewerRuntime]);
  await openDetailsPane(page, /Minimal/);
  await expect(detailsPaneOf(page).getByRole('button', { name: 'Make live', exact: true })).toBeDisabled();
  await expect(detailsPaneOf(page)).toContainText(/can't go live/i);
  expect((await admin.avatars(project.uuid)).avatars[0]?.is_active).toBe(false);
});
