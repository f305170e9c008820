import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { sha256Hex } from '../../node/sha256.ts';
import { ACCOUNTS } from './support/api.ts';
import { expectNoFaults } from './support/axe.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { pressToLeave } from './support/frame-input.ts';
import {
  controlsOf,
  dragAcross,
  drawnShare,
  expectChange,
  expectDrawn,
  expectEnded,
  expectShown,
  figureOf,
  makeFramesHang,
  stageOf,
  writeDamagedModel,
  writeDamagedPortrait,
} from './support/preview.ts';
import { samples, validBundles } from './support/samples.ts';
import {
  card,
  chooseToGoLive,
  detailsPaneOf,
  expectOnlineAgain,
  expectPictureIn,
  liveNow,
  offlineNote,
  openDetailsPane,
  openRow,
  selectCard,
  sheetOf,
  sheetRow,
  upload,
} from './support/screen.ts';

/** Everything is drawn without a graphics card. */
const TEST_TIMEOUT_MS = 300_000;
test.describe.configure({ timeout: TEST_TIMEOUT_MS });

async function previewFile(page: Page, fileName: string) {
  const row = await openRow(page, fileName);
  await row.getByRole('button', { name: `Preview ${fileName}` }).click();
  return expectShown(stageOf(page));
}

async function sha256Of(path: string): Promise<string> {
  return sha256Hex(await readFile(path));
}

async function closePreview(page: Page): Promise<void> {
  // By key, because on a busy computer with two cores a click got lost here.
  await stageOf(page).getByRole('button', { name: 'Close preview' }).press('Enter');
  await expect(stageOf(page)).toBeHidden();
}

for (const sample of validBundles) {
  const fileName = basename(sample);
  // What each kind of body looks like is tested in the preview's frame.
  const tag = sample === samples.minimal ? [] : ['@nightly'];
  test(`a dropped file can be previewed before it is uploaded: ${fileName}`, { tag }, async ({
    gabinet,
    admin,
    project,
  }) => {
    const { page } = gabinet;
    await dropPaths(page, page.getByRole('main'), [sample]);
    await expect(sheetRow(page, fileName)).toContainText(/Good/);
    const frame = await previewFile(page, fileName);
    await expectDrawn(frame);
    await expectChange(frame, () => dragAcross(page, frame));
    await expectChange(frame, () => controlsOf(page).getByRole('radio', { name: 'Head' }).click());
    await expect(controlsOf(page).getByRole('region', { name: 'Facts' })).toContainText('Lip-sync');
    await closePreview(page);
    await expect(sheetRow(page, fileName)).toBeVisible();
    expect((await admin.avatars(project.uuid)).total).toBe(0);
  });
}

test('clips can be played, paused and changed, including clips without a slot', async ({ gabinet }) => {
  const { page } = gabinet;
  await dropPaths(page, page.getByRole('main'), [samples.robot]);
  const frame = await previewFile(page, 'robot-expressive.gab');
  const animation = controlsOf(page).getByRole('region', { name: 'Animation' });
  await expect(animation.getByRole('button', { name: /^Idle/ })).toHaveAttribute('aria-pressed', 'true');
  await animation.getByRole('button', { name: /^Dance/ }).click();
  await expect(animation.getByRole('button', { name: /^Idle/ })).toHaveAttribute('aria-pressed', 'false');
  await expectChange(frame);
  await expectChange(frame);
  await animation.getByRole('button', { name: 'Pause' }).click();
  await animation.getByRole('button', { name: 'Play' }).click();
  await expectChange(frame);
  await animation.getByRole('button', { name: 'Stop animation' }).click();
  await expect(animation.getByRole('button', { name: /^Dance/ })).toHaveAttribute('aria-pressed', 'false');
});

test('face shapes can be searched, moved by keyboard and reset', async ({ gabinet }) => {
  const { page } = gabinet;
  await dropPaths(page, page.getByRole('main'), [samples.robin]);
  const frame = await previewFile(page, 'portrait-2d.gab');
  const face = controlsOf(page).getByRole('region', { name: 'Face' });
  await face.getByRole('textbox', { name: 'Search shapes' }).fill('aa');
  const slider = face.getByRole('slider', { name: 'aa', exact: true });
  await slider.focus();
  await expectChange(frame, () => page.keyboard.press('End'));
  await expect(slider).toHaveValue('1');
  await expectChange(frame, () => face.getByRole('button', { name: 'Reset face' }).click());
  await expect(slider).toHaveValue('0');
});

test('the preview speaks a text with its mouth', async ({ gabinet }) => {
  const { page } = gabinet;
  await dropPaths(page, page.getByRole('main'), [samples.robin]);
  const frame = await previewFile(page, 'portrait-2d.gab');
  const speech = controlsOf(page).getByRole('region', { name: 'Say something' });
  // So long that it is still speaking when it is stopped, however slow the computer is.
  await speech
    .getByRole('textbox', { name: 'Text to say' })
    .fill('Apples and oranges, papa and mama, over and over again. '.repeat(8));
  await expectChange(frame, () => speech.getByRole('button', { name: 'Say it' }).click());
  await speech.getByRole('button', { name: 'Stop' }).click();
  await expect(speech.getByRole('button', { name: 'Say it' })).toBeVisible();
});

test('a stored version is previewed from the details pane or with Space, and follows the selection', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robot);
  await admin.upload(project.uuid, samples.robin);
  await openDetailsPane(page, /Robot Expressive/);
  await detailsPaneOf(page).getByRole('button', { name: 'Preview' }).click();
  await expectDrawn(await expectShown(stageOf(page)));
  await expect(stageOf(page).getByRole('heading', { level: 1 })).toHaveText('Robot Expressive');
  await page.keyboard.press('Escape');
  await expect(stageOf(page)).toBeHidden();

  await selectCard(page, /Robin/);
  await page.keyboard.press(' ');
  await expectDrawn(await expectShown(stageOf(page)));
  await expect(stageOf(page).getByRole('heading', { level: 1 })).toHaveText('Robin');
  // The keys that close it also work while the focus is in the frame.
  await dragAcross(page, figureOf(stageOf(page)));
  pressToLeave(page, ' ');
  await expect(stageOf(page)).toBeHidden();
});

test('offline, bundles stored on this computer can be previewed, and others say why not', async ({
  gabinet,
  admin,
  project,
  server,
}) => {
  const { page } = gabinet;
  await upload(page, [samples.robin]);
  await admin.upload(project.uuid, samples.minimal);
  await expectPictureIn(card(page, /Minimal/));
  await expect(liveNow(page)).toBeVisible();
  await server.goAway();
  await expect(page.getByRole('note', { name: 'Offline' })).toBeVisible({ timeout: 30_000 });
  await selectCard(page, /Robin/);
  await page.keyboard.press(' ');
  await expectDrawn(await expectShown(stageOf(page)));
  await page.keyboard.press(' ');
  await selectCard(page, /Minimal/);
  await page.keyboard.press(' ');
  await expectEnded(stageOf(page), /Not on this computer yet/);
  await expectPictureIn(figureOf(stageOf(page)));

  await server.comeBack();
  await expectOnlineAgain(page);
  await stageOf(page).getByRole('button', { name: 'Try again' }).click();
  await expectDrawn(await expectShown(stageOf(page)));
});

test('the preview of a damaged model fails with a reason, and the next model is drawn', async ({ gabinet, folder }) => {
  const { page } = gabinet;
  await dropPaths(page, page.getByRole('main'), [await writeDamagedModel(folder), samples.robin]);
  const damaged = await openRow(page, 'damaged-model.gab');
  await damaged.getByRole('button', { name: /^Preview/ }).click();
  await expectEnded(stageOf(page), /couldn't be read|doesn't support/);
  await closePreview(page);
  await expectDrawn(await previewFile(page, 'portrait-2d.gab'));
});

test('what the preview could not draw is said with the file, after a restart, and before it goes live offline', async ({
  gabinet,
  project,
  server,
  folder,
}) => {
  await dropPaths(gabinet.page, gabinet.page.getByRole('main'), [await writeDamagedPortrait(folder)]);
  const row = sheetRow(gabinet.page, 'damaged-portrait.gab');
  await expect(row).toContainText('Good');
  await row.getByRole('button', { name: /^Preview/ }).click();
  await expectEnded(stageOf(gabinet.page), /couldn't be read/);
  await closePreview(gabinet.page);
  await expect(row).toContainText("Can't be drawn");
  await expect(row).toContainText("The preview couldn't draw this avatar: part of the file couldn't be read.");
  await chooseToGoLive(gabinet.page, false);
  await sheetOf(gabinet.page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(gabinet.page, /Faceless, version 1, can't be drawn/)).toBeVisible();

  await gabinet.close();
  await gabinet.start();
  const { page } = gabinet;
  await gabinet.openProject(project.name);
  await server.goAway();
  await expect(offlineNote(page)).toBeVisible({ timeout: 30_000 });
  const details = await openDetailsPane(page, /Faceless, version 1, can't be drawn/);
  await details.getByRole('tab', { name: 'Findings' }).click();
  await expect(details.getByRole('list', { name: 'Findings' })).toContainText('preview_failed: damaged');
  await details.getByRole('button', { name: 'Make live', exact: true }).click();
  const question = page.getByRole('alertdialog', { name: 'Faceless v1 may not be drawn' });
  await expect(question).toContainText("part of the file couldn't be read");
  await question.getByRole('button', { name: 'Make live anyway' }).click();
  await expect(liveNow(page)).toContainText("Can't be drawn");
  await expect(card(page, /Faceless, version 1, going live, can't be drawn/)).toBeVisible();
});

test('a model that hangs is stopped after 10 seconds, and the window responds all the while', async ({ gabinet }) => {
  const { page } = gabinet;
  await makeFramesHang(page);
  await dropPaths(page, page.getByRole('main'), [samples.robin]);
  await sheetRow(page, 'portrait-2d.gab')
    .getByRole('button', { name: /^Preview/ })
    .click();
  await expect(figureOf(stageOf(page))).toHaveAttribute('data-preview', 'loading');
  // The frame hangs now, but the window keeps responding.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectEnded(stageOf(page), /took longer than 10 seconds/);
  await page.unrouteAll({ behavior: 'wait' });
  await stageOf(page).getByRole('button', { name: 'Try again' }).click();
  await expectDrawn(await expectShown(stageOf(page)));
});

test('“Use this view” replaces the thumbnail of a staged file, and the upload contains it', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  const original = await sha256Of(samples.mageVrm);
  await dropPaths(page, page.getByRole('main'), [samples.mageVrm]);
  const picture = sheetRow(page, 'mage-vrm.gab').locator('img').first();
  await expect(picture).toBeVisible();
  const before = await picture.getAttribute('src');
  const frame = await previewFile(page, 'mage-vrm.gab');
  await controlsOf(page).getByRole('radio', { name: 'Head' }).click();
  await dragAcross(page, frame);
  await stageOf(page).getByRole('button', { name: 'Use this view' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Thumbnail updated' })).toBeAttached();
  await expectDrawn(frame);
  await closePreview(page);
  await expect(picture).not.toHaveAttribute('src', before ?? '');
  await expectPictureIn(sheetRow(page, 'mage-vrm.gab'));
  await sheetOf(page).getByRole('button', { name: 'Upload 1 avatar' }).click();
  await expect(card(page, /Mage/)).toBeVisible();
  await expectPictureIn(card(page, /Mage/));
  const { avatars } = await admin.avatars(project.uuid);
  expect(avatars).toMatchObject([{ verdict: expect.stringMatching(/^valid/) }]);
  // The uploaded bytes differ from the dropped file, which is unchanged.
  expect(avatars[0]?.sha256).not.toBe(original);
  expect(await sha256Of(samples.mageVrm)).toBe(original);
  expect(await readdir(join(gabinet.userDataDir, 'received'))).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the preview works with the keyboard alone and has no accessibility violation, ${colorScheme}`, async ({
    openGabinet,
    admin,
    project,
  }) => {
    await admin.upload(project.uuid, samples.robot);
    const gabinet = await openGabinet({ colorScheme, viewport: { width: 900, height: 600 } });
    const { page } = gabinet;
    await gabinet.signIn(ACCOUNTS.designer);
    await gabinet.openProject(project.name);
    await card(page, /Robot/).focus();
    await page.keyboard.press(' ');
    const frame = await expectShown(stageOf(page));
    await expectDrawn(frame);
    await expectNoFaults(page);
    await stageOf(page).getByRole('button', { name: 'Hide controls' }).focus();
    await page.keyboard.press('Enter');
    await expect(controlsOf(page)).toBeHidden();
    expect(await drawnShare(frame)).toBeGreaterThan(0.02);
    await page.keyboard.press('Escape');
    await expect(stageOf(page)).toBeHidden();
  });
}
