import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { buildBundle } from '../../support/bundle-builder.ts';
import { makeGlb, makePng, noise } from '../../support/sample-assets.ts';
import { drag } from './frame-input.ts';

/**
 * Much longer than the 10 seconds that the application allows, for software graphics on a busy
 * computer.
 */
const SHOWN_TIMEOUT_MS = 90_000;
/** Between two screenshots, in milliseconds. A screenshot costs as much as a frame. */
const POLL_INTERVAL_MS = 250;
/** Longest wait for a changed picture, with software graphics on a busy computer. */
const DRAWN_TIMEOUT_MS = 60_000;

export function stageOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Preview', exact: true });
}

export function controlsOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Preview controls' });
}

export function figureOf(place: Locator): Locator {
  return place.locator('figure[data-preview]');
}

/**
 * Waits for the drawing. If a busy computer exceeds the limit of 10 seconds, presses "Try again".
 */
export async function expectShown(place: Locator): Promise<Locator> {
  const figure = figureOf(place);
  await expect
    .poll(() => stateOrTryAgain(figure), { timeout: SHOWN_TIMEOUT_MS, intervals: [POLL_INTERVAL_MS] })
    .toBe('shown');
  return figure.locator('iframe');
}

async function stateOrTryAgain(figure: Locator): Promise<string | null> {
  const wasTooSlow = (await figure.getByText(/took longer than 10 seconds|stopped responding/).count()) > 0;
  if (wasTooSlow) await figure.getByRole('button', { name: 'Try again' }).click();
  return figure.getAttribute('data-preview');
}

export async function expectEnded(place: Locator, sentence: RegExp): Promise<void> {
  await expect(figureOf(place)).toHaveAttribute('data-preview', /failed|not-here/, { timeout: SHOWN_TIMEOUT_MS });
  await expect(figureOf(place)).toContainText(sentence);
  // The process of the frame ends with it.
  await expect(figureOf(place).locator('iframe')).toHaveCount(0);
}

interface Pixels {
  readonly data: Buffer;
  readonly count: number;
}

async function pixelsOf(place: Locator): Promise<Pixels> {
  const { data, info } = await sharp(await place.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, count: info.width * info.height };
}

/** The difference per channel up to which two colors count as equal. */
const SAME_COLOR = 12;

function differs(one: Buffer, oneAt: number, other: Buffer, otherAt: number): boolean {
  for (let channel = 0; channel < 3; channel += 1) {
    if (Math.abs((one[oneAt + channel] ?? 0) - (other[otherAt + channel] ?? 0)) > SAME_COLOR) return true;
  }
  return false;
}

/** The share of pixels that are not the background's, which is the color of the first one. */
export async function drawnShare(place: Locator): Promise<number> {
  const { data, count } = await pixelsOf(place);
  let drawn = 0;
  for (let at = 0; at < count * 3; at += 3) if (differs(data, at, data, 0)) drawn += 1;
  return drawn / count;
}

function changedShare(one: Pixels, other: Pixels): number {
  if (one.count !== other.count) return 1;
  let changed = 0;
  for (let at = 0; at < one.count * 3; at += 3) if (differs(one.data, at, other.data, at)) changed += 1;
  return changed / one.count;
}

/** Expects a drawing: more than a speck and less than a filled pane. */
export async function expectDrawn(place: Locator): Promise<void> {
  await expect.poll(() => drawnShare(place), { timeout: DRAWN_TIMEOUT_MS }).toBeGreaterThan(0.02);
  expect(await drawnShare(place)).toBeLessThan(0.98);
}

/** Expects that the picture changes, on its own or because of `act`. */
export async function expectChange(place: Locator, act: () => Promise<void> = async () => undefined): Promise<void> {
  const before = await pixelsOf(place);
  await act();
  await expect
    .poll(async () => changedShare(before, await pixelsOf(place)), { timeout: DRAWN_TIMEOUT_MS })
    .toBeGreaterThan(0.001);
}

/** Turns the avatar by dragging. */
export async function dragAcross(page: Page, place: Locator): Promise<void> {
  await drag(page, place, { from: { x: 0.4, y: 0.5 }, to: { x: 0.75, y: 0.5 } });
}

/**
 * A valid bundle whose model claims to be Draco-compressed but contains noise, which only a decoder
 * can detect.
 */
export async function writeDamagedModel(folder: string): Promise<string> {
  const packed = noise(400, 7);
  const compression = { bufferView: 1, attributes: { POSITION: 0 } };
  const model = makeGlb({
    binary: packed,
    json: {
      extensionsUsed: ['KHR_draco_mesh_compression'],
      extensionsRequired: ['KHR_draco_mesh_compression'],
      meshes: [
        { primitives: [{ attributes: { POSITION: 0 }, extensions: { KHR_draco_mesh_compression: compression } }] },
      ],
      bufferViews: [
        { buffer: 0, byteLength: 36 },
        { buffer: 0, byteOffset: 36, byteLength: packed.byteLength },
      ],
    },
  });
  const path = join(folder, 'damaged-model.gab');
  const asset = { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content: model };
  const body = { type: 'model3d', main: 'body' };
  await writeFile(path, buildBundle({ name: 'Damaged', assets: [asset], manifest: { body } }));
  return path;
}

/**
 * A valid bundle whose portrait has the header of a picture and noise for its pixels, which only a
 * decoder can detect.
 */
export async function writeDamagedPortrait(folder: string): Promise<string> {
  const face = makePng({ width: 256, height: 256, pixels: noise(400, 11) });
  const asset = { id: 'face', kind: 'portrait', format: 'png', path: 'portrait/face.png', content: face };
  const body = { type: 'portrait2d', main: 'face' };
  const path = join(folder, 'damaged-portrait.gab');
  await writeFile(path, buildBundle({ name: 'Faceless', assets: [asset], manifest: { body } }));
  return path;
}

/**
 * Replaces the program of the frame by one that takes the bundle and never responds, as a hostile
 * model could cause.
 */
export async function makeFramesHang(page: Page): Promise<void> {
  const hang = `addEventListener('message', ({ ports: [port] }) => {
    port.onmessage = ({ data }) => { if (data.type === 'open') for (;;); };
    port.postMessage({ type: 'ready' });
  }, { once: true });`;
  await page.route(/\/assets\/preview-[^/]+\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' }, body: hang }),
  );
}
