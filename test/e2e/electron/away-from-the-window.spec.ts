import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { sha256Hex } from '../../../node/sha256.ts';
import { dropPaths } from '../support/drop.ts';
import { expect, test } from '../support/fixtures.ts';
import { samples } from '../support/samples.ts';
import { card, detailsPaneOf, sheetOf, tray, upload } from '../support/screen.ts';

interface Calls {
  readonly notifications: { readonly title: string; readonly body: string }[];
  readonly progress: number[];
  readonly badges: number[];
  readonly drags: { readonly file: string; readonly hasIcon: boolean }[];
}

/** From now on, what is shown outside the window is recorded, and shown as well where that is possible. */
async function recordCalls(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ app, BrowserWindow, Notification }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('there is no window');
    const calls: Calls = { notifications: [], progress: [], badges: [], drags: [] };
    Reflect.set(globalThis, 'calls', calls);
    const prototype: { show: (this: Notification) => void } = Notification.prototype;
    const shown = prototype.show;
    Notification.isSupported = () => true;
    prototype.show = function record() {
      calls.notifications.push({ title: this.title, body: this.body });
      Reflect.set(globalThis, 'lastNotification', this);
      shown.call(this);
    };
    const setProgressBar = window.setProgressBar.bind(window);
    window.setProgressBar = (value, options) => {
      calls.progress.push(value);
      setProgressBar(value, options);
    };
    const setBadgeCount = app.setBadgeCount.bind(app);
    app.setBadgeCount = (count = 0) => {
      calls.badges.push(count);
      return setBadgeCount(count);
    };
    // Without a person's hand on the mouse, the system's drag would never end.
    window.webContents.startDrag = ({ file, icon }) => {
      calls.drags.push({ file, hasIcon: typeof icon !== 'string' && !icon.isEmpty() });
    };
  });
}

function callsOf(electron: ElectronApplication): Promise<Calls> {
  return electron.evaluate(() => Reflect.get(globalThis, 'calls') as Calls);
}

test('what finishes while the window is minimized is counted on the taskbar and reported once', async ({ gabinet }) => {
  const { page, electron } = gabinet;
  await recordCalls(electron);
  await dropPaths(page, page.getByRole('main'), [samples.minimal, samples.robot]);
  const button = sheetOf(page).getByRole('button', { name: 'Upload 2 avatars' });
  await expect(button).toBeEnabled();
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect
    .poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused()))
    .toBe(false);
  await button.evaluate((element: HTMLElement) => element.click());
  await expect
    .poll(async () => (await callsOf(electron)).notifications)
    .toEqual([{ title: '2 avatars uploaded', body: expect.stringMatching(/^\S.* and \S/) }]);
  const { progress, badges } = await callsOf(electron);
  expect(progress.slice(0, -1).every((value) => value >= 0)).toBe(true);
  expect(progress.length).toBeGreaterThan(1);
  expect(progress.at(-1)).toBe(-1);
  expect(badges).toEqual([]);

  await electron.evaluate(() => (Reflect.get(globalThis, 'lastNotification') as NodeJS.EventEmitter).emit('click'));
  await expect
    .poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
    .toBe(false);
  await expect(tray(page).getByRole('list', { name: 'Finished' })).toBeVisible();
});

test('an avatar is dragged out as a copy of its file, from its card and from the details pane', async ({ gabinet }) => {
  const { page, electron } = gabinet;
  await upload(page, [samples.robot]);
  await expect(card(page, /Robot/)).toContainText(/server|Live/);
  await recordCalls(electron);
  const sources = [card(page, /Robot/), detailsPaneOf(page).locator('[draggable=true]')];
  for (const [index, source] of sources.entries()) {
    await source.hover();
    await page.mouse.down();
    await page.mouse.move(500, 500, { steps: 5 });
    await expect.poll(async () => (await callsOf(electron)).drags.length).toBe(index + 1);
    await page.mouse.up();
  }
  const { drags } = await callsOf(electron);
  for (const { file, hasIcon } of drags) {
    expect(hasIcon).toBe(true);
    expect(basename(file)).toBe(basename(samples.robot));
    expect(sha256Hex(await readFile(file))).toBe(sha256Hex(await readFile(samples.robot)));
  }
});

test('an avatar that is not on this computer is fetched first', async ({ gabinet, admin, project }) => {
  const { page, electron } = gabinet;
  await recordCalls(electron);
  await admin.upload(project.uuid, samples.minimal);
  const source = card(page, /Minimal/);
  const drag = async () => {
    await source.hover();
    await page.mouse.down();
    await page.mouse.move(500, 500, { steps: 5 });
  };
  await drag();
  await expect(page.getByText(/is on this computer\. Drag it again\./)).toBeVisible();
  await page.mouse.up();
  expect((await callsOf(electron)).drags).toEqual([]);
  await drag();
  await expect.poll(async () => (await callsOf(electron)).drags.length).toBe(1);
  await page.mouse.up();
});
