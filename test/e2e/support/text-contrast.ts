import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';

type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG 2.2, 1.4.3 and, for buttons that show an icon only, 1.4.11. */
const MIN_TEXT_CONTRAST = 4.5;
const MIN_ICON_CONTRAST = 3;

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The color that most of the element has on the screen, whatever it is made of. */
async function groundOf(page: Page, button: Locator): Promise<Rgb> {
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not on the screen');
  const clip = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 };
  const { data, info } = await sharp(await page.screenshot({ clip, animations: 'disabled' }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += info.channels) {
    const color = data.readUIntBE(at, 3);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const [[color] = [0]] = [...counts].toSorted(([, one], [, other]) => other - one);
  return [color >> 16, (color >> 8) & 255, color & 255];
}

/** The color of its text, without what is see-through: the tokens of texts are opaque. */
async function inkOf(button: Locator): Promise<Rgb> {
  const css = await button.evaluate((element) => getComputedStyle(element).color);
  const [red = 0, green = 0, blue = 0] = css.match(/\d+/g)?.map(Number) ?? [];
  return [red, green, blue];
}

async function faultOf(page: Page, button: Locator, state: string): Promise<string[]> {
  const isIcon = (await button.textContent()) === '';
  const ratio = contrast(await inkOf(button), await groundOf(page, button));
  return ratio < (isIcon ? MIN_ICON_CONTRAST : MIN_TEXT_CONTRAST) ? [`${state}: ${ratio.toFixed(2)}`] : [];
}

/** Looks at a button with the focus, under the pointer and pressed, without activating it. */
export async function findLowContrast(page: Page, button: Locator): Promise<string[]> {
  await page.mouse.move(0, 0);
  await button.focus();
  const faults = await faultOf(page, button, 'focused');
  await button.hover();
  faults.push(...(await faultOf(page, button, 'hovered')));
  await page.mouse.down();
  faults.push(...(await faultOf(page, button, 'pressed')));
  await page.mouse.move(0, 0);
  await page.mouse.up();
  return faults;
}
