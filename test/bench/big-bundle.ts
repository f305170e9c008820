import { type BundleAsset, bundleEntries } from '../support/bundle-builder.ts';
import { makeGlb, makePng, makeWav, noise, OCULUS_MORPHS } from '../support/sample-assets.ts';
import { jpegFrame, jpegOf } from '../support/sample-pictures.ts';
import { buildZip } from '../support/zip-builder.ts';

/** Entries of the big bundle, including `mimetype`, manifest and thumbnail. */
export const BIG_ENTRIES = 250;
/**
 * Bytes of the big bundle: typical of an avatar with many clothes and sounds, and a little under
 * the limit of 50 MiB.
 */
export const BIG_FILE_BYTES = 48_000_000;

const KB = 1000;
/** How many assets of each kind the bundle has, and their approximate sizes before compression. */
const MIX = {
  bodies: { count: 4, bytes: 4500 * KB },
  animations: { count: 60, bytes: 200 * KB },
  pictures: { count: 90, bytes: 110 * KB },
  sounds: { count: 40, bytes: 120 * KB },
  data: { count: 52, bytes: 20 * KB },
} as const;

/**
 * Coordinates of a wavy surface: floats that deflate to about half their size, as real meshes do.
 */
function surface(byteLength: number, seed: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(Math.floor(byteLength / 4));
  const grain = noise(values.length, seed);
  for (let index = 0; index < values.length; index += 1) {
    const wave = Math.sin((index + seed) / 97) * Math.cos(index / 1013);
    values[index] = Math.round(wave * 4096 + (grain[index] ?? 0) / 64) / 4096;
  }
  return values;
}

function pictures(): BundleAsset[] {
  return Array.from({ length: MIX.pictures.count }, (_, index) => {
    const isPng = index % 3 === 0;
    // These pictures are never decoded: a valid header followed by incompressible bytes is enough.
    const head = isPng ? makePng({ width: 512, height: 512 }) : jpegOf([0xc0, jpegFrame(512, 512)]);
    const content = Buffer.concat([head, noise(MIX.pictures.bytes, index + 1)]);
    const [format, extension] = isPng ? ['png', 'png'] : ['jpeg', 'jpg'];
    return { id: `picture-${index}`, kind: 'portrait', format, path: `portrait/p${index}.${extension}`, content };
  });
}

function sounds(extraBytes: number): BundleAsset[] {
  return Array.from({ length: MIX.sounds.count }, (_, index) => {
    const isWav = index % 4 === 0;
    const bytes = MIX.sounds.bytes + Math.floor(extraBytes / MIX.sounds.count);
    const content = isWav ? makeWav(bytes, index + 1) : Buffer.concat([Buffer.from('OggS'), noise(bytes, index + 1)]);
    const format = isWav ? 'wav' : 'ogg';
    return { id: `sound-${index}`, kind: 'audio', format, path: `audio/s${index}.${format}`, content };
  });
}

function models(): BundleAsset[] {
  const bodies = Array.from({ length: MIX.bodies.count }, (_, index) => {
    const content = makeGlb({ morphs: OCULUS_MORPHS, binary: new Uint8Array(surface(MIX.bodies.bytes, index).buffer) });
    return {
      id: `body-${index}`,
      kind: 'model',
      format: 'glb',
      path: `model/body${index}.glb`,
      content,
      deflate: true,
    };
  });
  const animations = Array.from({ length: MIX.animations.count }, (_, index) => {
    const content = makeGlb({
      clips: [`clip ${index}`],
      binary: new Uint8Array(surface(MIX.animations.bytes, 100 + index).buffer),
    });
    const id = `animation-${index}`;
    return { id, kind: 'animation', format: 'glb', path: `animation/a${index}.glb`, content, deflate: true };
  });
  return [...bodies, ...animations];
}

function data(): BundleAsset[] {
  const count = BIG_ENTRIES - 3 - MIX.bodies.count - MIX.animations.count - MIX.pictures.count - MIX.sounds.count;
  return Array.from({ length: count }, (_, index) => {
    const values = Array.from(surface(MIX.data.bytes, index));
    const content = Buffer.from(JSON.stringify({ index, values }));
    return { id: `data-${index}`, kind: 'data', format: 'json', path: `data/d${index}.json`, content, deflate: true };
  });
}

const manifest = { body: { type: 'model3d', main: 'body-0', alternates: ['body-1', 'body-2', 'body-3'] } };

/** A valid bundle of 48 MB and 250 entries: meshes that deflate, pictures and sounds that do not, and small texts. */
export function buildBigBundle(): Buffer {
  const [meshes, images, texts] = [models(), pictures(), data()];
  const pack = (extraBytes: number) =>
    buildZip(bundleEntries({ manifest, assets: [...meshes, ...texts, ...images, ...sounds(extraBytes)] }));
  const first = pack(0);
  return first.byteLength >= BIG_FILE_BYTES ? first : pack(BIG_FILE_BYTES - first.byteLength);
}
