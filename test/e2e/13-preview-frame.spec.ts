import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { buildBundle, portraitAsset } from '../support/bundle-builder.ts';
import {
  avifModel,
  dracoModel,
  ktx2Model,
  meshoptModel,
  metalModel,
  type Rgb,
  webpModel,
} from '../support/compressed-models.ts';
import { makeGlb } from '../support/sample-assets.ts';
import { jpegFrame, jpegOf } from '../support/sample-pictures.ts';
import { makeVisiblePly, makeVisibleSpz, makeVisibleSpz4 } from '../support/visible-splats.ts';
import { makeVrm, makeVrma } from '../support/vrm-models.ts';
import { test } from './support/preview-fixtures.ts';
import { PreviewHost } from './support/preview-host.ts';
import { hostile, samples } from './support/samples.ts';

// The frame alone: as built, in a sandboxed iframe with the product's own policy, drawn by
// software.

function modelBundle(content: Uint8Array): Buffer {
  const asset = { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content };
  return buildBundle({ assets: [asset], manifest: { body: { type: 'model3d', main: 'body' } } });
}

function splatBundle(format: 'ply' | 'spz', content: Uint8Array): Buffer {
  const asset = { id: 'body', kind: 'splat', format, path: `splat/body.${format}`, content };
  return buildBundle({ assets: [asset], manifest: { body: { type: 'splat', main: 'body' } } });
}

async function open(host: PreviewHost, bytes: Uint8Array) {
  const answer = await host.openBundle(bytes);
  if (answer.type === 'failed') throw new Error(`${answer.code}: ${answer.detail}`);
  return answer.scene;
}

test('a model plays its idle clip, and another clip can be played', async ({ host }) => {
  const scene = await open(host, await readFile(samples.mage));
  expect(scene).toMatchObject({ bodyType: 'model3d', triangles: 5683, visemeSource: 'none' });
  expect(scene.clips).toHaveLength(76);
  expect(scene.clips.find(({ slots }) => slots.includes('idle'))?.id).toBe('body#Idle');
  const first = await host.look();
  expect(first.drawnShare).toBeGreaterThan(0.1);
  await expect.poll(async () => (await host.look()).differenceTo(first)).toBeGreaterThan(0.001);
  await host.send({ type: 'play-clip', clipId: 'body#Cheer' });
  await expect.poll(async () => (await host.look()).differenceTo(first)).toBeGreaterThan(0.02);
});

test('a paused model stands still, and without a clip it is in its original pose', async ({ host }) => {
  await open(host, await readFile(samples.robot));
  await host.send({ type: 'set-paused', isPaused: true });
  const paused = await host.look();
  expect((await host.look()).differenceTo(paused)).toBe(0);
  await host.send({ type: 'play-clip', clipId: null });
  const made = await host.look();
  expect(made.drawnShare).toBeGreaterThan(0.05);
  expect((await host.look()).differenceTo(made)).toBe(0);
});

test('with reduced motion no clip plays automatically', async ({ host }) => {
  await host.send({ type: 'set-reduced-motion', isReduced: true });
  await open(host, await readFile(samples.robot));
  const first = await host.look();
  for (let look = 0; look < 3; look += 1) expect((await host.look()).differenceTo(first)).toBe(0);
});

test('an expression slider moves every mesh that has the morph', async ({ host }) => {
  await host.send({ type: 'set-reduced-motion', isReduced: true });
  const scene = await open(host, await readFile(samples.robot));
  expect(scene.controls.map(({ id }) => id)).toEqual([
    ...['angry', 'surprised', 'sad'].map((name) => `expression:${name}`),
    ...['Angry', 'Surprised', 'Sad'].map((name) => `morph:${name}`),
  ]);
  await host.send({ type: 'frame-view', view: 'head' });
  const calm = await host.look();
  await host.send({ type: 'set-weights', weights: { 'expression:surprised': 1 } });
  const surprised = await host.look();
  expect(surprised.differenceTo(calm)).toBeGreaterThan(0.005);
  await host.send({ type: 'set-weights', weights: { 'expression:surprised': 0 } });
  expect((await host.look()).differenceTo(calm)).toBe(0);
});

test('a VRM is drawn in every view from full to head', async ({ host }) => {
  const scene = await open(host, await readFile(samples.mageVrm));
  expect(scene).toMatchObject({ bodyType: 'model3d', triangles: 4509 });
  const whole = await host.look();
  expect(whole.drawnShare).toBeGreaterThan(0.05);
  await host.send({ type: 'frame-view', view: 'head' });
  // Not by much: with lowered arms the whole figure fills the picture, too.
  expect((await host.look()).drawnShare).toBeGreaterThan(whole.drawnShare);
});

function vrmBundle(): Buffer {
  const body = { id: 'body', kind: 'model', format: 'vrm', path: 'model/body.vrm', content: makeVrm([220, 120, 40]) };
  const tilt = { id: 'tilt', kind: 'animation', format: 'vrma', path: 'animation/tilt.vrma', content: makeVrma() };
  const manifest = { body: { type: 'model3d', main: 'body', rig: 'vrm' }, animations: { greeting: ['tilt'] } };
  return buildBundle({ assets: [body, tilt], manifest });
}

test('a VRM speaks with its vowel expressions', async ({ host }) => {
  await host.send({ type: 'set-reduced-motion', isReduced: true });
  const scene = await open(host, vrmBundle());
  expect(scene.visemeSource).toBe('vrm');
  expect(scene.controls.map(({ id }) => id)).toEqual(['viseme:aa', 'expression:aa', 'expression:blink', 'morph:Flat']);
  const rest = await host.look();
  await host.send({ type: 'set-weights', weights: { 'viseme:aa': 1 } });
  const opened = await host.look();
  expect(opened.drawnShare).toBeLessThan(rest.drawnShare * 0.3);
  await host.send({ type: 'set-weights', weights: { 'viseme:aa': 0 } });
  expect((await host.look()).differenceTo(rest)).toBe(0);
});

test('a VRMA clip moves the humanoid of a VRM', async ({ host }) => {
  const scene = await open(host, vrmBundle());
  expect(scene.clips).toEqual([{ id: 'tilt#Tilt', label: 'Tilt', slots: ['greeting'], seconds: 1 }]);
  const rest = await host.look();
  await host.send({ type: 'play-clip', clipId: 'tilt#Tilt' });
  await expect.poll(async () => (await host.look()).differenceTo(rest)).toBeGreaterThan(0.02);
  await host.send({ type: 'play-clip', clipId: null });
  await expect.poll(async () => (await host.look()).differenceTo(rest)).toBe(0);
});

/** The part of `script` that `said` contains, in the same order. */
function orderOf(said: readonly (string | null)[], script: readonly (string | null)[]): (string | null)[] {
  let at = 0;
  return script.filter((word) => {
    const isSaid = said[at] === word;
    if (isSaid) at += 1;
    return isSaid;
  });
}

test('a portrait opens its mouth, closes its eyes, and speaks a text to the end', async ({ host }) => {
  await host.send({ type: 'set-reduced-motion', isReduced: true });
  const scene = await open(host, await readFile(samples.robin));
  expect(scene).toMatchObject({ bodyType: 'portrait2d', visemeSource: 'map', hasVoiceSample: true });
  const rest = await host.look();
  await host.send({ type: 'set-weights', weights: { 'viseme:aa': 1 } });
  expect((await host.look()).differenceTo(rest)).toBeGreaterThan(0.002);
  await host.send({ type: 'set-weights', weights: { 'viseme:aa': 0, 'expression:blink': 1 } });
  expect((await host.look()).differenceTo(rest)).toBeGreaterThan(0.002);
  await host.send({ type: 'set-weights', weights: { 'expression:blink': 0 } });
  // Said so slowly that its vowel is drawn on a busy computer, too.
  await host.send({ type: 'speak', text: `M${'a'.repeat(20)}ma`, withSample: false });
  await expect
    .poll(async () => (await host.messages()).at(-1))
    .toEqual({ type: 'speaking', viseme: null, isOver: true });
  const spoken = (await host.messages()).flatMap((message) => (message.type === 'speaking' ? [message.viseme] : []));
  // Visemes that a slow frame skips are not made up for later.
  expect(orderOf(spoken, ['PP', 'aa', 'PP', 'aa', 'sil', null])).toEqual(spoken);
  expect(spoken).toContain('aa');
  expect((await host.look()).differenceTo(rest)).toBe(0);
});

test('the avatar speaks with the voice sample of the bundle', async ({ host }) => {
  await open(host, await readFile(samples.robin));
  await host.send({ type: 'speak', text: '', withSample: true });
  const first = await host.answer('speaking');
  expect(first.viseme).not.toBeNull();
  await host.page.waitForFunction(() => {
    const { messages } = window as unknown as { messages: { isOver?: boolean }[] };
    return messages.some(({ isOver }) => isOver);
  });
});

const SPLATS = [
  ['PLY', 'ply', makeVisiblePly],
  ['SPZ version 2', 'spz', makeVisibleSpz],
  ['SPZ version 4', 'spz', makeVisibleSpz4],
] as const;
for (const [name, format, makeSplats] of SPLATS) {
  test(`splats in ${name} are shown upright`, async ({ host }) => {
    const scene = await open(host, splatBundle(format, makeSplats()));
    expect(scene).toMatchObject({ bodyType: 'splat', splatPoints: 600 });
    const picture = await host.look();
    const [headRed, headGreen] = picture.at(0.5, 0.18);
    const [trunkRed, trunkGreen] = picture.at(0.5, 0.65);
    expect(headRed).toBeGreaterThan(headGreen + 80);
    expect(trunkGreen).toBeGreaterThan(trunkRed + 80);
  });
}

const COMPRESSED: readonly (readonly [string, (color: Rgb) => Buffer | Promise<Buffer>])[] = [
  ['Draco', dracoModel],
  ['meshopt', meshoptModel],
  ['KTX2', ktx2Model],
  ['WebP', webpModel],
  ['AVIF', avifModel],
];
for (const [name, makeModel] of COMPRESSED) {
  test(`a model with ${name} is decoded without loading anything from outside the frame`, async ({ host }) => {
    const color = [200, 60, 120] as const;
    await open(host, modelBundle(await makeModel(color)));
    expect((await host.look()).at(0.5, 0.5)).toEqual([...color, 255]);
    const outside = host.requests.filter((url) => !/^(?:blob|data):/.test(url) && !url.startsWith(host.page.url()));
    expect(outside).toEqual([]);
  });
}

test('metal has reflections and is not black', async ({ host }) => {
  await open(host, modelBundle(metalModel()));
  const [red, green, blue] = (await host.look()).at(0.5, 0.5);
  expect(Math.min(red, green, blue)).toBeGreaterThan(60);
});

test('a bundle can be opened while a splat is still being sorted', async ({ host }) => {
  for (let round = 0; round < 3; round += 1) {
    await open(host, splatBundle('ply', makeVisiblePly()));
    await open(host, await readFile(samples.minimal));
  }
  await host.look();
  expect((await host.messages()).map(({ type }) => type)).toEqual(['captured']);
});

test('the background can be chosen, and left out of a captured picture', async ({ host }) => {
  await open(host, modelBundle(makeGlb()));
  await host.send({ type: 'set-look', light: 'soft', background: 'dark', theme: 'light' });
  expect((await host.look()).at(0, 0)).toEqual([0x12, 0x12, 0x14, 255]);
  await host.send({ type: 'set-look', light: 'contrast', background: 'theme', theme: 'light' });
  expect((await host.look()).at(0, 0)).toEqual([0xeb, 0xeb, 0xee, 255]);
  expect((await host.look(true)).at(0, 0)[3]).toBe(0);
});

test('turning the camera by keyboard is reported to the window, setting it from the window is not', async ({
  host,
  page,
}) => {
  await open(host, await readFile(samples.minimal));
  await host.send({ type: 'set-camera', camera: { position: [1, 0.5, 2], target: [0, 0.5, 0] } });
  await host.send({ type: 'ping', sequence: 1 });
  await host.answer('pong');
  expect(await host.messages()).toEqual([{ type: 'pong', sequence: 1 }]);
  await page.frameLocator('iframe').locator('canvas').press('ArrowLeft');
  const { camera } = await host.answer('camera');
  expect(camera.position[0]).toBeLessThan(1);
  expect(Math.hypot(camera.position[0], camera.position[1] - 0.5, camera.position[2])).toBeCloseTo(Math.hypot(1, 2), 3);
});

test('dragging turns the avatar, and a second bundle replaces the first', async ({ host, page }) => {
  await open(host, await readFile(samples.robot));
  await page.mouse.move(120, 120);
  await page.mouse.down();
  await page.mouse.move(160, 120, { steps: 4 });
  await page.mouse.up();
  await host.answer('camera');
  const scene = await open(host, await readFile(samples.minimal));
  expect(scene.bodyType).toBe('portrait2d');
  expect((await host.look()).drawnShare).toBeGreaterThan(0.1);
});

test('a damaged bundle is reported with the reason, and the next one can be opened', async ({ host }) => {
  const answer = await host.openBundle(await readFile(hostile('crc-wrong.gab')));
  expect(answer).toMatchObject({ type: 'failed', code: 'damaged', detail: 'GAB_E_CRC' });
  await open(host, await readFile(samples.minimal));
});

test('a file that is not a bundle is reported as unsupported', async ({ host }) => {
  const answer = await host.openBundle(await readFile(samples.opaque));
  expect(answer).toMatchObject({ type: 'failed', code: 'unsupported' });
});

/** The header of a picture with 30,000 by 30,000 pixels takes only a few bytes. */
function modelThatDoesNotFit(): Buffer {
  const header = jpegOf([0xc0, jpegFrame(30_000, 30_000)]);
  const json = { images: [{ bufferView: 1, mimeType: 'image/jpeg' }] };
  const views = [
    { buffer: 0, byteLength: 36 },
    { buffer: 0, byteOffset: 36, byteLength: header.byteLength },
  ];
  return makeGlb({ json: { ...json, bufferViews: views }, binary: header });
}

test('a model that needs too much memory is refused before it is decoded', async ({ host }) => {
  const answer = await host.openBundle(modelBundle(modelThatDoesNotFit()));
  expect(answer).toMatchObject({ type: 'failed', code: 'too-much-memory' });
});

test('the fallback portrait replaces a body that cannot be drawn, with the reason', async ({ host }) => {
  const bundle = buildBundle({
    assets: [
      { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content: modelThatDoesNotFit() },
      portraitAsset([192, 32, 64]),
    ],
    manifest: { body: { type: 'model3d', main: 'body', fallback: 'face' } },
  });
  const scene = await open(host, bundle);
  expect(scene).toMatchObject({ bodyType: 'portrait2d', replaced: 'too-much-memory' });
  expect((await host.look()).drawnShare).toBeGreaterThan(0.1);
});

test('a lost graphics context that is not restored is reported', async ({ host, page }) => {
  await open(host, await readFile(samples.minimal));
  await host.send({ type: 'ping', sequence: 2 });
  const frame = page.frames().find((candidate) => candidate.url().endsWith('preview.html'));
  await frame?.evaluate(() => {
    const context = document.querySelector('canvas')?.getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  expect(await host.answer('failed')).toMatchObject({ code: 'context-lost' });
});

test('missing WebGL is reported', async ({ page, previewServer }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  const host = await PreviewHost.open(page, previewServer.url);
  expect(await host.openBundle(await readFile(samples.minimal))).toMatchObject({ type: 'failed', code: 'no-webgl' });
});
