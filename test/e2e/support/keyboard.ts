import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any screen has: a walk that needs more has lost its way. */
const MAX_STOPS = 120;

/**
 * Presses Tab until `target` has the focus, as someone without a mouse does. Fails with the stops it
 * came by if it never gets there.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const stops: string[] = [];
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    stops.push(await focusedName(page));
  }
  throw new Error(`${String(target)} was never reached. The stops: ${stops.join(' > ')}`);
}

/** Presses an arrow key until `target` has the focus, in a list that is one tab stop. */
export async function arrowTo(page: Page, target: Locator, key: 'ArrowDown' | 'ArrowUp'): Promise<void> {
  await expect(target).toBeVisible();
  const stops: string[] = [];
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    stops.push(await focusedName(page));
  }
  throw new Error(`${String(target)} was never reached. The stops: ${stops.join(' > ')}`);
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 30) ?? 'nothing';
  });
}
