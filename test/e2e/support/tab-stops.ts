import type { Page } from '@playwright/test';

export interface TabStop {
  /** The landmark around it. */
  readonly place: string;
  readonly name: string;
  /** Something of at least a few pixels is on the screen. */
  readonly isSeen: boolean;
}

/** More than any screen has. */
const MAX_STOPS = 80;

/** Of a page that was just loaded. Presses Tab until the focus leaves the page or comes back to the first stop. */
export async function listTabStops(page: Page): Promise<TabStop[]> {
  const stops: TabStop[] = [];
  for (let count = 0; count < MAX_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeStop);
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

/** Runs in the page. Null if the focus is on nothing, or where it has been before. */
function describeStop(): TabStop | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body || element.dataset.visited) return null;
  element.dataset.visited = 'true';
  // A switch is a hidden field in a label that is seen.
  const { width, height, bottom, right } = (element.closest('label') ?? element).getBoundingClientRect();
  const place = element.closest<HTMLElement>(
    'header,nav,main,section[aria-label="Details"],section[aria-label="Transfers"]',
  );
  return {
    place: place?.getAttribute('aria-label') ?? place?.tagName.toLowerCase() ?? '',
    name: (element.getAttribute('aria-label') ?? element.title ?? '') || (element.textContent ?? ''),
    isSeen: Math.max(width, height) >= 8 && Math.min(width, height) >= 1 && bottom > 0 && right > 0,
  };
}
