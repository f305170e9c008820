import { ACCOUNTS } from '../support/api.ts';
import { exitAfter, pressWindowButton } from '../support/electron.ts';
import { expect, test } from '../support/fixtures.ts';
import { packageApp } from '../support/packaged.ts';
import { controlsOf, expectDrawn, expectShown, stageOf } from '../support/preview.ts';
import { samples } from '../support/samples.ts';
import { liveName, selectCard, upload } from '../support/screen.ts';

test('packed into app.asar, Gabinet starts, checks and stores an avatar, previews it and quits', async ({
  openGabinet,
  project,
  folder,
}) => {
  test.setTimeout(300_000);
  const program = await packageApp(folder);
  const gabinet = await openGabinet({ program });
  const { page, electron } = gabinet;
  const place = await electron.evaluate(({ app }) => ({ isPackaged: app.isPackaged, path: app.getAppPath() }));
  expect(place).toEqual({ isPackaged: true, path: expect.stringMatching(/app\.asar$/) });

  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  await upload(page, [samples.robot]);
  // The card of a stored version, not that of the upload: the key below needs it to stay.
  await expect(liveName(page)).toContainText('Robot');
  await selectCard(page, /Robot/);
  await page.keyboard.press('Space');
  await expectDrawn(await expectShown(stageOf(page)));
  await expect(controlsOf(page)).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await exitAfter(gabinet, () => pressWindowButton(page, 'Close'))).toBe(0);
});
