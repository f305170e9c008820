import { basename } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ACCOUNTS } from './support/api.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/fixtures.ts';
import { findWithoutRing } from './support/focus-rings.ts';
import { controlsOf, expectShown, stageOf } from './support/preview.ts';
import { samples } from './support/samples.ts';
import {
  card,
  cards,
  chooseFiles,
  detailsPaneOf,
  noticeOf,
  offlineNote,
  openTray,
  selectCard,
  sheetOf,
  tray,
} from './support/screen.ts';
import { listTabStops } from './support/tab-stops.ts';
import { findLowContrast } from './support/text-contrast.ts';

async function expectRings(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await findWithoutRing(page), `${screen}, ${colorScheme}`).toEqual([]);
  }
}

/** What covers the project: preview, comparison and questions. Mara is live, Fay is not. */
async function walkCovers(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  const details = detailsPaneOf(page);
  await details.getByRole('button', { name: 'Preview', exact: true }).click();
  await expectShown(stageOf(page));
  await look('preview');
  await stageOf(page).getByRole('button', { name: 'Close preview' }).click();
  await selectCard(page, /Fay/);
  await details.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
  const layout = page.getByRole('radio', { name: 'Side by side' }).getByText('Side by side');
  expect(await layout.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await look('comparison');
  await page.getByRole('button', { name: 'Close comparison' }).click();
  await page.getByRole('region', { name: 'Live now' }).getByRole('button', { name: 'Take offline' }).click();
  await expect(page.getByRole('alertdialog', { name: /offline\?$/ })).toBeVisible();
  await look('question');
  await page.keyboard.press('Escape');
}

/** Opens every screen, and stops on each. */
async function walkScreens(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  await look('project');
  await page.getByRole('radio', { name: 'List' }).click();
  await look('list');
  await page.getByRole('radio', { name: 'Grid' }).click();
  for (const tab of ['Versions', 'Findings', 'Activity', 'Details']) {
    await detailsPaneOf(page).getByRole('tab', { name: tab }).click();
    await look(tab);
  }
  await openTray(page);
  await chooseFiles(page, [samples.robot, samples.needsNewerRuntime]);
  await expect(sheetOf(page).getByRole('button', { name: /^Upload 2/ })).toBeEnabled();
  await look('upload sheet');
  await sheetOf(page).getByRole('button', { name: 'Discard' }).click();
  await noticeOf(page, /discarded/i)
    .getByRole('button', { name: 'Dismiss' })
    .click();
  for (const shortcut of ['?', 'Control+k']) {
    await page.keyboard.press(shortcut);
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(shortcut);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  for (const name of ['Your account', 'Settings']) {
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
    await look(name);
    await page.keyboard.press('Escape');
  }
  await walkCovers(page, look);
  await page.getByRole('button', { name: 'Audit' }).click();
  await expect(page.getByRole('grid', { name: 'Audit events' }).getByRole('row').nth(1)).toBeVisible();
  await look('audit');
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await look('trash');
}

test('the focus is seen on everything that can have it, in both themes', async ({ openGabinet, admin, project }) => {
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara', tags: 'formal' } });
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay', tags: 'casual', activate: 'false' } });
  const gabinet = await openGabinet();
  const { page } = gabinet;
  await expect(page.getByRole('group', { name: 'Demo accounts' })).toBeVisible();
  await expectRings(page, 'sign-in');
  await gabinet.signIn(ACCOUNTS.admin);
  await gabinet.openProject(project.name);
  await expect(cards(page)).toHaveCount(2);
  await selectCard(page, /Mara/);
  await walkScreens(page, (screen) => expectRings(page, screen));
});

test('buttons stay readable with the focus, under the pointer and pressed, in both themes', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara', tags: 'formal,kiosk' } });
  await expect(cards(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'kiosk', exact: true }).click();
  await page.getByRole('button', { name: 'Keep offline' }).click();
  const details = detailsPaneOf(page);
  const preview = details.getByRole('button', { name: 'Preview', exact: true });
  const buttons: Readonly<Record<string, Locator>> = {
    primary: page.getByRole('main').getByRole('button', { name: 'Upload', exact: true }),
    plain: page.getByRole('button', { name: 'History' }),
    quiet: page.getByRole('region', { name: 'Live now' }).getByRole('button', { name: 'Take offline' }),
    'plain over a picture': preview,
    icon: details.getByRole('button', { name: 'Copy link' }),
    'icon that is on': page.getByRole('button', { name: 'Keep offline' }),
    'framed icon': details.getByRole('button', { name: 'Move to trash' }),
    tag: page.getByRole('button', { name: 'formal', exact: true }),
    'chosen tag': page.getByRole('button', { name: 'kiosk', exact: true }),
    choice: page.getByRole('radio', { name: 'List' }),
    chosen: page.getByRole('radio', { name: 'Grid' }),
    tab: details.getByRole('tab', { name: 'Versions' }),
    'sidebar item': page.getByRole('button', { name: 'Trash', exact: true }),
    'open sidebar item': page.getByRole('button', { name: project.name, exact: true }),
  };
  const expectReadable = async (looks: Readonly<Record<string, Locator>>): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [look, button] of Object.entries(looks)) {
        expect.soft(await findLowContrast(page, button), `${look}, ${colorScheme}`).toEqual([]);
      }
    }
  };
  await expectReadable(buttons);
  await preview.click();
  await expectReadable({ 'pressed Preview': preview });
  await preview.click();
  await buttons.quiet?.click();
  const question = page.getByRole('alertdialog', { name: /offline\?$/ });
  await expectReadable({
    'danger in a question': question.getByRole('button', { name: 'Take offline' }),
    'plain in a question': question.getByRole('button', { name: 'Cancel' }),
  });
});

test('a skip link is the first tab stop, and no stop is empty', async ({ gabinet, admin, project }) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.minimal, { fields: { name: 'Mara' } });
  await expect(cards(page)).toHaveCount(1);
  await page.reload();
  await expect(cards(page)).toHaveCount(1);
  const stops = await listTabStops(page);
  expect(stops[0]).toMatchObject({ name: 'Skip to the page', isSeen: true });
  expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(stops.filter(({ place }) => place === 'Projects')).toHaveLength(1);
  const places = stops
    .map(({ place }) => place)
    .filter((place, index, all) => place !== '' && place !== all[index - 1]);
  // The title bar is first and, in an inner part of the page, a header again.
  expect(places.filter((place) => place !== 'header')).toEqual(['Projects', project.name, 'Details', 'Transfers']);
  await page.getByRole('link', { name: 'Skip to the page' }).press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toBeVisible();
});

test('a download says where it went, also without the server for a project that is kept offline', async ({
  gabinet,
  admin,
  project,
  server,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robin, { fields: { name: 'Fay' } });
  await selectCard(page, /Fay/);
  await page.getByRole('button', { name: 'Keep offline' }).click();
  await expect(page.getByRole('region', { name: 'On this computer' })).toContainText('Kept offline');
  await server.goAway();
  await expect(offlineNote(page)).toBeVisible({ timeout: 30_000 });
  await detailsPaneOf(page).getByRole('button', { name: 'Download' }).click();
  const notice = noticeOf(page, `Saved portrait-2d.gab to ${basename(gabinet.downloadsDir)}`);
  await notice.getByRole('button', { name: 'Show' }).click();
  const finished = tray(page).getByRole('list', { name: 'Finished' }).getByRole('listitem');
  await expect(finished.filter({ hasText: gabinet.downloadsDir })).toHaveCount(1);
  await expect(tray(page).getByRole('list', { name: 'Running' })).toBeHidden();
  await server.comeBack();
});

/** Where one pane ends, the next one begins. */
async function expectNothingCovered(page: Page): Promise<void> {
  const pane = await detailsPaneOf(page).boundingBox();
  const middle = await page.getByRole('main').boundingBox();
  expect((middle?.x ?? 0) + (middle?.width ?? 0)).toBeLessThanOrEqual((pane?.x ?? 0) + 1);
  expect((pane?.x ?? 0) + (pane?.width ?? 0)).toBeLessThanOrEqual((page.viewportSize()?.width ?? 0) + 1);
  const last = await page.getByRole('main').getByRole('radio', { name: 'List' }).boundingBox();
  expect((last?.x ?? 0) + (last?.width ?? 0), 'the toolbar is not cut off').toBeLessThanOrEqual(pane?.x ?? 0);
}

async function expectApart(one: Locator, other: Locator): Promise<void> {
  await expect(one).toBeVisible();
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (!a || !b) throw new Error('both are on the screen');
  const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  expect(isApart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`).toBe(true);
}

/** Discards a draft, so that a notice offers to undo it. */
async function expectNoticeBesides(page: Page): Promise<void> {
  const details = detailsPaneOf(page);
  await details.getByRole('textbox', { name: 'Description' }).fill('Waves');
  const draft = details.getByRole('region', { name: 'Unsaved changes' });
  await draft.getByRole('button', { name: 'Discard' }).click();
  const notice = noticeOf(page, 'Discarded the changes to Otto');
  await expectApart(notice, details);
  await page.keyboard.press('?');
  await expectApart(notice, page.getByRole('dialog', { name: 'Keyboard shortcuts' }));
  await page.keyboard.press('Escape');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
}

/** How much of the details pane is above the buttons that are always in sight. */
async function contentShare(page: Page): Promise<number> {
  const pane = await detailsPaneOf(page).boundingBox();
  const content = await detailsPaneOf(page)
    .getByRole('tabpanel')
    .evaluate((panel) => {
      let around: HTMLElement | null = panel instanceof HTMLElement ? panel : null;
      while (around && getComputedStyle(around).overflowY !== 'auto') around = around.parentElement;
      return around?.clientHeight ?? 0;
    });
  return content / (pane?.height ?? 1);
}

test('in a small window the details pane covers nothing and swallows no drop, and keeps the focus', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  await admin.upload(project.uuid, samples.robot, { fields: { name: 'Otto' } });
  await selectCard(page, /Otto/);
  const sidebar = page.getByRole('navigation', { name: 'Projects' });
  const wide = await sidebar.boundingBox();
  await detailsPaneOf(page).getByRole('button', { name: 'Preview', exact: true }).click();
  await expectShown(stageOf(page));
  await controlsOf(page).getByRole('radio', { name: 'Head' }).click();
  await controlsOf(page).getByRole('button', { name: /Dance/ }).first().click();
  const frame = stageOf(page).locator('iframe');
  await frame.evaluate((element: HTMLElement) => element.setAttribute('data-same', ''));
  await detailsPaneOf(page).getByRole('button', { name: 'Download' }).focus();
  for (const size of [
    { width: 900, height: 600 },
    { width: 640, height: 400 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await expect(detailsPaneOf(page).getByRole('button', { name: 'Download' })).toBeFocused();
    await expect(controlsOf(page).getByRole('radio', { name: 'Head' })).toBeChecked();
    await expect(controlsOf(page).getByRole('button', { name: /Dance/, pressed: true })).toHaveCount(1);
    await expect(frame).toHaveAttribute('data-same', '');
  }
  await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(wide?.width);
  await page.setViewportSize({ width: 640, height: 400 });
  await stageOf(page).getByRole('button', { name: 'Close preview' }).press('Enter');
  for (const size of [
    { width: 900, height: 600 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size);
    await card(page, /Otto/).press('Enter');
    await expect(detailsPaneOf(page)).toBeVisible();
    await expectNothingCovered(page);
    await expectNoticeBesides(page);
    expect(await contentShare(page)).toBeGreaterThan(size.height > 480 ? 0.7 : 0.9);
    await card(page, /Otto/).press('Enter');
    await detailsPaneOf(page).getByRole('button', { name: 'Close details' }).press('Enter');
    await expect(card(page, /Otto/)).toBeFocused();
  }
  await card(page, /Otto/).press('Enter');
  await expect(detailsPaneOf(page)).toBeVisible();
  await dropPaths(page, page.getByRole('main'), [samples.robin]);
  await expect(sheetOf(page).getByRole('listitem', { name: 'portrait-2d.gab' })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await sidebar.getByRole('button', { name: 'Trash', exact: true }).press('Enter');
  await expect(detailsPaneOf(page)).toBeHidden();
  await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(wide?.width);
});

test('scrolling folds what is live, searching starts at the top, and a deletion selects the neighbor', async ({
  openGabinet,
  admin,
  project,
}) => {
  const names = ['Mara', 'Fay', 'Otto', 'Ines', 'Kai', 'Lea', 'Noor', 'Omar', 'Pia', 'Quinn', 'Rosa', 'Sam'];
  for (const [index, name] of names.entries()) {
    const activate = index === 0 ? 'true' : 'false';
    await admin.upload(project.uuid, samples.minimal, { fileName: `${name}.gab`, fields: { name, activate } });
  }
  const gabinet = await openGabinet({ viewport: { width: 900, height: 600 } });
  const { page } = gabinet;
  await gabinet.signIn(ACCOUNTS.designer);
  await gabinet.openProject(project.name);
  const band = page.getByRole('region', { name: 'Live now' });
  await expect(band).toContainText('Mara');
  // The normal state is not shown, and what is live once.
  await expect(card(page, 'Sam, version 1')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Avatars' })).not.toContainText(/on the server/i);
  await page.getByRole('button', { name: /^Sort/ }).click();
  await page.getByRole('option', { name: 'Name' }).click();
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('Mara');
  await expect(card(page, /Mara/).getByText('Live', { exact: true })).toHaveCount(1);
  await expect(page.getByRole('status', { name: 'Search results' })).toContainText('1 of 12 avatars found');
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('');

  const grid = page.getByRole('grid', { name: 'Avatars' });
  const top = () => grid.evaluate((element) => element.scrollTop);
  await grid.hover();
  await page.mouse.wheel(0, 500);
  await expect.poll(async () => (await band.boundingBox())?.height).toBe(56);
  await expect.poll(top).toBeGreaterThan(0);
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('v1');
  await expect.poll(top).toBe(0);
  await expect.poll(async () => (await band.boundingBox())?.height).toBeGreaterThan(56);
  await page.getByRole('searchbox', { name: 'Search avatars' }).fill('');

  await selectCard(page, /Ines/);
  await detailsPaneOf(page).getByRole('button', { name: 'Move to trash' }).click();
  await expect(card(page, /Kai/)).toHaveAttribute('aria-selected', 'true');
  await expect(detailsPaneOf(page).getByRole('heading', { level: 2 })).toHaveText('Kai');
});

const ABROAD = {
  arabic: 'ليلى (مكتب) 2',
  cyrillic: 'Милена',
  greek: 'Καλλιόπη',
  vietnamese: 'Nguyễn Thị Hạnh',
  japanese: '花子',
} as const;

test('names of every script are drawn with the bundled font, and isolated from what is around them', async ({
  gabinet,
  admin,
  project,
}) => {
  const { page } = gabinet;
  for (const name of Object.values(ABROAD)) {
    await admin.upload(project.uuid, samples.minimal, { fields: { name, activate: 'false' } });
  }
  await expect(cards(page)).toHaveCount(5);
  const fontOf = (name: string) =>
    page.evaluate((text) => document.fonts.load('13px "Inter Variable"', text).then((faces) => faces.length), name);
  for (const script of ['cyrillic', 'greek', 'vietnamese'] as const)
    expect(await fontOf(ABROAD[script])).toBeGreaterThan(0);
  // The system's font.
  expect(await fontOf(ABROAD.japanese)).toBe(0);
  const name = card(page, ABROAD.arabic).getByText(ABROAD.arabic);
  await expect(name).toHaveCSS('direction', 'rtl');
  await expect(name).toHaveCSS('text-align', 'left');
  await selectCard(page, ABROAD.arabic);
  await expect(detailsPaneOf(page).getByRole('heading', { level: 2 })).toHaveCSS('direction', 'rtl');
});
