import { once } from 'node:events';
import type { Locator, Page } from '@playwright/test';

/**
 * Longest wait for the answer to one movement, in milliseconds. Chromium answers when the process
 * it went to has handled it, and never if a frame was removed in the meantime: Playwright would wait
 * until the test's limit.
 */
const ANSWER_TIMEOUT_MS = 30_000;

/** A point of an element, as shares of its width and height. */
interface Share {
  readonly x: number;
  readonly y: number;
}

/** Drags inside one element, which may be a frame in another process. */
export async function drag(page: Page, place: Locator, { from, to }: { from: Share; to: Share }): Promise<void> {
  const box = await place.boundingBox();
  if (!box) throw new Error('nothing to drag on');
  const at = ({ x, y }: Share): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  await answered(page.mouse.move(...at(from)));
  await answered(page.mouse.down());
  await answered(page.mouse.move(...at(to), { steps: 5 }));
  await answered(page.mouse.up());
}

/**
 * Presses a key that closes the frame it goes to. The frame may be gone before it has answered, so
 * only the effect can be waited for, by the caller.
 */
export function pressToLeave(page: Page, key: 'Escape' | ' '): void {
  page.keyboard.press(key).catch(() => undefined);
}

async function answered(input: Promise<void>): Promise<void> {
  const limit = once(AbortSignal.timeout(ANSWER_TIMEOUT_MS), 'abort').then(() => {
    throw new Error(`an input had no answer within ${ANSWER_TIMEOUT_MS} ms`);
  });
  await Promise.race([input, limit]);
}
