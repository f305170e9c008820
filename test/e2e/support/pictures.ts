import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';

/**
 * `SCREENSHOTS=DIR playwright test` keeps pictures of every screen that is checked for faults, in
 * both themes and in these windows, so that people can look at all of them. The last one is 1280x800
 * at a zoom of 200 %.
 */
const WINDOWS = [
  { name: '900x600', width: 900, height: 600 },
  { name: '1280x800', width: 1280, height: 800 },
  { name: '2560x1440', width: 2560, height: 1440 },
  { name: '200-percent', width: 640, height: 400 },
] as const;
const THEMES = ['light', 'dark'] as const;

const folder = process.env.SCREENSHOTS;
const taken = new Map<string, number>();

/** Leaves window and theme as they were. Does nothing unless pictures were asked for. */
export async function takePictures(page: Page): Promise<void> {
  if (!folder) return;
  const { file, title } = test.info();
  const spec = `${file.split('/').at(-1)?.slice(0, 2)} ${title}`.replaceAll(/[^\w-]+/gu, '-').slice(0, 80);
  const number = (taken.get(spec) ?? 0) + 1;
  taken.set(spec, number);
  await mkdir(folder, { recursive: true });
  const size = page.viewportSize();
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  for (const { name, ...window } of WINDOWS) {
    await page.setViewportSize(window);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const path = join(folder, `${spec}-${number}-${name}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
  if (size) await page.setViewportSize(size);
}
