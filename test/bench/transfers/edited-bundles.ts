import { type BundleAsset, buildManifest, thumbnailAsset } from '../../support/bundle-builder.ts';
import { sourcesOf, written } from '../../support/bundle-writer.ts';
import { makeGlb, noise } from '../../support/sample-assets.ts';
import { jpegFrame, jpegOf } from '../../support/sample-pictures.ts';

// Bundles with 250 entries and about 48 MB, written by the product's own writer, and typical edits
// of designers.

const ENTRIES = 250;
/** The writer adds `mimetype`, the manifest and the thumbnail. */
const OWN_ENTRIES = 3;
const TEXTURES = 4;
const TEXTURE_BYTES = 2_000_000;
const MESHES = 4;
const FILE_BYTES = 48_000_000;
/** The share of the generated meshes and pixels that is left after deflate; found by trial. */
const MESH_SHARE = 0.64;
const PIXEL_SHARE = 0.79;

export type BundleForm = 'deflated' | 'stored' | 'mixed';

export interface BundleDraft {
  readonly assets: readonly BundleAsset[];
  readonly createdAt: string;
}

/** Coordinates of a wavy surface, as in a mesh, that take up about `fileBytes` in the file. */
function surface(fileBytes: number, seed: number): Uint8Array {
  const values = new Float32Array(Math.floor(fileBytes / MESH_SHARE / 4));
  const grain = noise(values.length, seed);
  for (let index = 0; index < values.length; index += 1) {
    const wave = Math.sin((index + seed) / 97) * Math.cos(index / 1013);
    values[index] = Math.round(wave * 4096 + (grain[index] ?? 0) / 8) / 4096;
  }
  return new Uint8Array(values.buffer);
}

/** Noisy pixels: six of eight bits are random. */
function pixels(fileBytes: number, seed: number): Uint8Array {
  return noise(Math.floor(fileBytes / PIXEL_SHARE), seed).map((byte) => byte & 0x3f);
}

const glb = (kind: 'model' | 'animation', id: string, binary: Uint8Array): BundleAsset => ({
  id,
  kind,
  format: 'glb',
  path: `${kind}/${id}.glb`,
  content: makeGlb({ binary, clips: kind === 'animation' ? [id] : [] }),
});

/** Never decoded: a valid header followed by incompressible bytes is enough. */
const jpeg = (id: string, fileBytes: number, seed: number): BundleAsset => ({
  id,
  kind: 'portrait',
  format: 'jpeg',
  path: `portrait/${id}.jpg`,
  content: Buffer.concat([jpegOf([0xc0, jpegFrame(1024, 1024)]), noise(fileBytes, seed)]),
});

/**
 * The writer stores pictures and deflates models, so a texture's kind decides its encoding in the
 * file.
 */
function texture(form: BundleForm, index: number, seed: number): BundleAsset {
  const id = `texture-${index}`;
  return form === 'deflated' ? glb('model', id, pixels(TEXTURE_BYTES, seed)) : jpeg(id, TEXTURE_BYTES, seed);
}

function small(form: BundleForm, index: number, fileBytes: number): BundleAsset {
  const isStored = form === 'stored' || (form === 'mixed' && index % 2 === 0);
  if (isStored) return jpeg(`picture-${index}`, fileBytes, 1000 + index);
  return glb('animation', `animation-${index}`, surface(fileBytes, 1000 + index));
}

export function makeDraft(form: BundleForm): BundleDraft {
  const textures = Array.from({ length: TEXTURES }, (_, index) => texture(form, index, 10 + index));
  const isMeshed = form !== 'stored';
  const meshes = Array.from({ length: isMeshed ? MESHES : 0 }, (_, index) => mesh(index, 20 + index));
  const smallCount = ENTRIES - OWN_ENTRIES - textures.length - meshes.length;
  const smallBytes = (FILE_BYTES - TEXTURE_BYTES * (textures.length + meshes.length)) / smallCount;
  const rest = Array.from({ length: smallCount }, (_, index) => small(form, index, Math.floor(smallBytes)));
  return { assets: [...meshes, ...textures, ...rest], createdAt: '2026-01-01T00:00:00Z' };
}

const mesh = (index: number, seed: number) => glb('model', `mesh-${index}`, surface(TEXTURE_BYTES, seed));

/** Replaces the second texture with another picture. */
export function replaceTexture(form: BundleForm, draft: BundleDraft): BundleDraft {
  return replaceAsset(draft, texture(form, 1, 90 + form.length));
}

/** Replaces the second mesh with another one. */
export function replaceMesh(draft: BundleDraft): BundleDraft {
  return replaceAsset(draft, mesh(1, 98));
}

/** Overwrites 100 KB of the second texture, starting at byte `at`. */
export function paintOver(draft: BundleDraft, at: number): BundleDraft {
  const painted = draft.assets.find(({ id }) => id === 'texture-1');
  if (!painted) throw new Error('there is no texture to paint over');
  const content = Buffer.from(painted.content);
  noise(100_000, at).copy(content, at);
  return replaceAsset(draft, { ...painted, content });
}

/** The same files in reverse order with another modification time. */
export function reexport(draft: BundleDraft): BundleDraft {
  return { assets: draft.assets.toReversed(), createdAt: '2026-11-23T10:00:00Z' };
}

function replaceAsset(draft: BundleDraft, asset: BundleAsset): BundleDraft {
  return { ...draft, assets: draft.assets.map((one) => (one.id === asset.id ? asset : one)) };
}

/** Writes a draft as a bundle. */
export async function writeDraft({ assets, createdAt }: BundleDraft): Promise<Buffer> {
  const all = [thumbnailAsset(), ...assets];
  const manifest = { createdAt, ...usesOf(assets) };
  return written({ manifest: buildManifest({ manifest }, all), assets: sourcesOf(all) });
}

/** The maximum number of names in one slot or expression. */
const MAX_USES = 16;

/** Uses every asset somewhere, as in a bundle exported by a tool. */
function usesOf(assets: readonly BundleAsset[]) {
  const idsOf = (kind: string) =>
    assets
      .filter((asset) => asset.kind === kind)
      .map(({ id }) => id)
      .toSorted();
  const [main, ...alternates] = idsOf('model');
  const [face = '', ...pictures] = idsOf('portrait');
  const body = main === undefined ? { type: 'portrait2d', main: face } : { type: 'model3d', main, alternates };
  const images = pictures.map((image) => ({ image }));
  return { body, face: { expressions: inGroups(images) }, animations: inGroups(idsOf('animation')) };
}

function inGroups<Item>(items: readonly Item[]): Record<string, readonly Item[]> {
  const count = Math.ceil(items.length / MAX_USES);
  return Object.fromEntries(
    Array.from({ length: count }, (_, group) => [
      `group${group}`,
      items.slice(group * MAX_USES, (group + 1) * MAX_USES),
    ]),
  );
}

const CENTRAL_SIGNATURE = 0x02014b50;
const END_BYTES = 22;

/** Writes the file as a tool would that puts the time of day into every header. */
export function withDates(file: Buffer, dosDateTime: number): Buffer {
  const dated = Buffer.from(file);
  let record = dated.readUInt32LE(dated.byteLength - END_BYTES + 16);
  while (dated.readUInt32LE(record) === CENTRAL_SIGNATURE) {
    dated.writeUInt32LE(dosDateTime, record + 12);
    dated.writeUInt32LE(dosDateTime, dated.readUInt32LE(record + 42) + 10);
    record += 46 + dated.readUInt16LE(record + 28) + dated.readUInt16LE(record + 30) + dated.readUInt16LE(record + 32);
  }
  return dated;
}
