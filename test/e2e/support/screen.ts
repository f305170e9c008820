import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from './api.ts';

/** Places on the screen that several specs use, by their names in renderer/README.md. */
export function sheetOf(page: Page): Locator {
  return page.getByRole('region', { name: /^Add to / });
}

export function sheetRow(page: Page, fileName: string): Locator {
  return sheetOf(page).getByRole('listitem', { name: fileName, exact: true });
}

export function cards(page: Page): Locator {
  return page.getByRole('grid', { name: 'Avatars' }).getByRole('row');
}

export function card(page: Page, avatarName: string | RegExp): Locator {
  return page.getByRole('grid', { name: 'Avatars' }).getByRole('row', { name: avatarName });
}

export function detailsPaneOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Details', exact: true });
}

export function liveNow(page: Page): Locator {
  return page.getByRole('region', { name: 'Live now' });
}

/** Name and version of what is live. */
export function liveName(page: Page): Locator {
  return liveNow(page).getByRole('heading', { level: 2 });
}

/** Conflicts in the open project. */
export function conflictsOf(page: Page): Locator {
  return page.getByRole('main').getByRole('region', { name: 'Conflicts' });
}

export function offlineNote(page: Page): Locator {
  return page.getByRole('note', { name: 'Offline' });
}

/**
 * The application retries a lost server at least every 60 seconds; the rest is for the connection
 * itself.
 */
const RECONNECT_MS = 75_000;

/** Waits until the application has found the server again. */
export async function expectOnlineAgain(page: Page): Promise<void> {
  await expect(offlineNote(page)).toBeHidden({ timeout: RECONNECT_MS });
}

/** A notice at the bottom of the window. */
export function noticeOf(page: Page, title: string | RegExp): Locator {
  return page.getByRole('region', { name: /Notifications/ }).getByRole('alertdialog', { name: title });
}

/** Pending operations; the tray must be open. */
export function changes(page: Page): Locator {
  return tray(page).getByRole('list', { name: 'Changes not on the server yet' }).getByRole('listitem');
}

export function tray(page: Page): Locator {
  return page.getByRole('region', { name: 'Transfers' });
}

export async function openTray(page: Page): Promise<void> {
  await tray(page)
    .getByRole('button', { name: /^(Show|Hide) transfers$/ })
    .waitFor();
  const show = tray(page).getByRole('button', { name: 'Show transfers' });
  if (await show.isVisible()) await show.click();
}

export function transfer(page: Page, fileName: string): Locator {
  return tray(page).getByRole('listitem', { name: fileName, exact: true });
}

/** Chooses files through the hidden chooser behind "Choose files" and "Upload". */
export async function chooseFiles(page: Page, paths: readonly string[]): Promise<void> {
  await page
    .locator('input[data-chooser="files"]')
    .first()
    .setInputFiles([...paths]);
}

/** Unfolds a file of the upload sheet. A file that is alone in it is open already. */
export async function openRow(page: Page, fileName: string): Promise<Locator> {
  const row = sheetRow(page, fileName);
  const details = row.getByRole('button', { name: `Details of ${fileName}` });
  await details.waitFor();
  if ((await details.getAttribute('aria-expanded')) === 'false') await details.click();
  return row;
}

/** Decides whether this file of the upload sheet is activated. Without a name: the only one. */
export async function chooseToGoLive(page: Page, goesLive: boolean, fileName?: string): Promise<void> {
  const only = sheetOf(page).getByRole('list', { name: 'Ready' }).getByRole('listitem');
  const row = fileName === undefined ? only : sheetRow(page, fileName);
  const details = row.getByRole('button', { name: /^Details of/ });
  await details.waitFor();
  if ((await details.getAttribute('aria-expanded')) === 'false') await details.click();
  const toggle = row.getByRole('switch', { name: /^Goes live after upload/ });
  if ((await toggle.isChecked()) !== goesLive) await toggle.press('Space');
  await expect(toggle).toBeChecked({ checked: goesLive });
}

/** Chooses files, confirms and waits until the sheet closes. */
export async function upload(page: Page, paths: readonly string[]): Promise<void> {
  await chooseFiles(page, paths);
  const word = paths.length === 1 ? 'avatar' : 'avatars';
  await sheetOf(page)
    .getByRole('button', { name: `Upload ${paths.length} ${word}` })
    .click();
  await expect(sheetOf(page)).toBeHidden();
}

/** The card of a stored avatar. While its upload arrives, another card is in its place and takes no click. */
export function storedCard(page: Page, avatarName: string | RegExp): Locator {
  return card(page, avatarName).filter({ hasText: /v\d/ });
}

export async function selectCard(page: Page, avatarName: string | RegExp): Promise<void> {
  const stored = storedCard(page, avatarName);
  await stored.click();
  await expect(stored).toHaveAttribute('aria-selected', 'true');
}

export async function openDetailsPane(page: Page, avatarName: string | RegExp): Promise<Locator> {
  await selectCard(page, avatarName);
  await expect(detailsPaneOf(page)).toBeVisible();
  return detailsPaneOf(page);
}

export async function showVersions(page: Page): Promise<Locator> {
  await detailsPaneOf(page).getByRole('tab', { name: 'Versions' }).click();
  return detailsPaneOf(page).getByRole('list', { name: 'Versions' });
}

/** Expects a picture that is loaded and decoded, not a broken one. */
export async function expectPictureIn(place: Locator): Promise<void> {
  const picture = place.locator('img').first();
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
    .toBe(true);
}

/** Opens the details pane and changes the name there. */
export async function rename(page: Page, avatarName: string | RegExp, newName: string): Promise<void> {
  const details = await openDetailsPane(page, avatarName);
  await details.getByRole('button', { name: 'Edit name' }).click();
  await details.getByRole('textbox', { name: 'Name' }).fill(newName);
  await page.keyboard.press('Enter');
  await expect(details.getByRole('heading', { level: 2 })).toHaveText(newName);
}

export async function makeLive(page: Page, avatarName: string | RegExp): Promise<void> {
  const details = await openDetailsPane(page, avatarName);
  await details.getByRole('button', { name: 'Make live', exact: true }).click();
}

/**
 * Compares the avatar with the live one, so that everything a comparison needs is on this computer:
 * without a server, nobody is asked then.
 */
export async function compareWithLive(page: Page, avatarName: string | RegExp): Promise<void> {
  const details = await openDetailsPane(page, avatarName);
  await details.getByRole('button', { name: 'Compare', exact: true }).click();
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('region', { name: 'Verdict' })).toBeVisible();
  await comparison.getByRole('button', { name: 'Close comparison' }).click();
}

/** For people who have no button among the demo accounts. */
export async function typeCredentials(page: Page, { email, password }: Person): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
