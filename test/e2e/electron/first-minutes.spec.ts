import { ACCOUNTS } from '../support/api.ts';
import { dropPaths } from '../support/drop.ts';
import { exitAfter, pressWindowButton } from '../support/electron.ts';
import { expect, test } from '../support/fixtures.ts';
import { controlsOf, expectDrawn, expectShown, stageOf } from '../support/preview.ts';
import { samples } from '../support/samples.ts';
import {
  card,
  cards,
  chooseToGoLive,
  expectOnlineAgain,
  liveName,
  makeLive,
  offlineNote,
  selectCard,
  sheetOf,
} from '../support/screen.ts';

test('a designer starts Gabinet, uploads what they drop, makes it live, looks at it, works offline and closes', async ({
  openGabinet,
  project,
  server,
}) => {
  const gabinet = await openGabinet();
  const { page } = gabinet;

  await test.step('start and sign in', async () => {
    await expect(page.getByRole('form', { name: 'Sign in' })).toBeVisible();
    await gabinet.signIn(ACCOUNTS.designer);
    await gabinet.openProject(project.name);
  });

  await test.step('drop and upload', async () => {
    await dropPaths(page, page.getByRole('main'), [samples.minimal, samples.robot]);
    await chooseToGoLive(page, false, 'robot-expressive.gab');
    await sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' }).click();
    await expect(sheetOf(page)).toBeHidden();
    await expect(cards(page)).toHaveCount(2);
  });

  await test.step('make live', async () => {
    await makeLive(page, /Robot/);
    await expect(liveName(page)).toContainText('Robot');
  });

  await test.step('preview', async () => {
    await selectCard(page, /Robot/);
    await page.keyboard.press('Space');
    await expectDrawn(await expectShown(stageOf(page)));
    await expect(controlsOf(page)).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('work offline and return', async () => {
    await server.goAway();
    await expect(offlineNote(page)).toBeVisible();
    await expect(card(page, /Minimal/)).toBeVisible();
    await server.comeBack();
    await expectOnlineAgain(page);
  });

  await test.step('close', async () => {
    expect(await exitAfter(gabinet, () => pressWindowButton(page, 'Close'))).toBe(0);
  });
});
