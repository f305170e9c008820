import type { Locator, Page } from '@playwright/test';

/** Drags files or folders from the desktop with real browser events, not scripted ones. */
export async function dropPaths(page: Page, target: Locator, paths: readonly string[]): Promise<void> {
  const { x, y } = await hover(page, target, paths);
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchDragEvent', { type: 'drop', x, y, data: dragData(paths) });
  await session.detach();
}

/** Drags without dropping. Returns the position of the pointer. */
export async function hover(page: Page, target: Locator, paths: readonly string[]): Promise<{ x: number; y: number }> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to drop on');
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...point, data: dragData(paths) });
  }
  await session.detach();
  return point;
}

function dragData(paths: readonly string[]) {
  return { items: [], files: [...paths], dragOperationsMask: 1 };
}
