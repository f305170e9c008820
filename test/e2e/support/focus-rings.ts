import type { Page } from '@playwright/test';

/** WCAG 2.2, 1.4.11: what shows where the focus is. */
const MIN_RING_CONTRAST = 3;

/**
 * Focuses every element of the page that can have the focus, one after the other, and returns those
 * without a ring that can be seen: too thin, cut off, or too close to the color behind it.
 */
export async function findWithoutRing(page: Page): Promise<string[]> {
  // The ring is shown to people who use the keyboard.
  await page.keyboard.press('Tab');
  return page.evaluate(measureRings, MIN_RING_CONTRAST);
}

/** Runs in the page. */
async function measureRings(minContrast: number): Promise<string[]> {
  /** Without the frames of previews: the browser gives the focus to the canvas in them. */
  const PLACES = 'a[href],button,input,select,textarea,[tabindex]';
  /** They have tabindex -1 while another one of their list is the tab stop. */
  const ITEMS = '[role="row"],[role="option"],[role="tab"],[role="radio"],[role^="menuitem"],nav button';
  type Color = [red: number, green: number, blue: number, alpha: number];

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const readColor = (css: string): Color => {
    if (!canvas) throw new Error('no canvas');
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top: Color, below: Color): Color => {
    const mix = (one: number, other: number) => one * top[3] + other * (1 - top[3]);
    return [mix(top[0], below[0]), mix(top[1], below[1]), mix(top[2], below[2]), 1];
  };
  const backgroundOf = (element: Element | null): Color => {
    if (!element) return [255, 255, 255, 1];
    const color = readColor(getComputedStyle(element).backgroundColor);
    return color[3] === 1 ? color : over(color, backgroundOf(element.parentElement));
  };
  const luminance = ([red, green, blue]: Color): number => {
    const linear = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const contrast = (one: Color, other: Color): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  /** How many of the four sides of the ring are not cut off. */
  const visibleSides = (element: Element, reach: number): number => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const ring = { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach };
    const clip = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue;
      const box = around.getBoundingClientRect();
      clip.left = Math.max(clip.left, box.left);
      clip.top = Math.max(clip.top, box.top);
      clip.right = Math.min(clip.right, box.right);
      clip.bottom = Math.min(clip.bottom, box.bottom);
    }
    const slack = 0.6;
    return [
      ring.left >= clip.left - slack,
      ring.top >= clip.top - slack,
      ring.right <= clip.right + slack,
      ring.bottom <= clip.bottom + slack,
    ].filter(Boolean).length;
  };
  const ringOf = (element: Element) => {
    const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(element);
    const width = outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth);
    return { width, offset: Number.parseFloat(outlineOffset), color: readColor(outlineColor) };
  };
  /** A checkbox or a thumb shows the ring of the hidden input in it. */
  const isHiddenInput = (element: Element): boolean =>
    element instanceof HTMLInputElement && element.getBoundingClientRect().width <= 1;
  const holderOf = (element: Element): Element => {
    const label = element.closest('label,[data-focus-visible]');
    return label && (isHiddenInput(element) || ringOf(label).width > 0) ? label : element;
  };
  const faultOf = (element: Element): string | null => {
    const holder = holderOf(element);
    const { width, offset, color } = ringOf(holder);
    if (width < 2) return 'no ring';
    const ground = backgroundOf(offset < 0 ? holder : holder.parentElement);
    const around = [...document.querySelectorAll('[data-focus-visible="true"]')].find(
      (other) => other !== holder && other.contains(holder) && ringOf(other).width > 0,
    );
    if (around) return `a second ring, of ${nameOf(around)}`;
    const ratio = contrast(over(color, ground), ground);
    if (ratio < minContrast) return `contrast ${ratio.toFixed(1)}`;
    // A line between panes has no ends.
    const sides = visibleSides(holder, width + offset);
    return sides < (holder.matches('[role="separator"]') ? 2 : 3) ? `${sides} sides` : null;
  };
  const isFocusable = (element: HTMLElement): boolean => {
    if (!element.checkVisibility() || element.matches(':disabled') || element.closest('[inert],[aria-hidden="true"]'))
      return false;
    return element.tabIndex >= 0 || element.matches(ITEMS);
  };
  const nameOf = (element: Element): string => {
    const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} "${label.trim().slice(0, 40)}"`;
  };

  const faults: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>(PLACES)) {
    if (!isFocusable(element)) continue;
    element.focus();
    // React draws what follows from the event.
    await new Promise<void>(queueMicrotask);
    if (!element.isConnected || document.activeElement !== element) continue;
    const fault = faultOf(element);
    if (fault) faults.push(`${nameOf(element)}: ${fault}`);
  }
  return faults;
}
