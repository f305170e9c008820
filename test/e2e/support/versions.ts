import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundleAsset, type BundleOptions, buildManifest, thumbnailAsset } from '../../support/bundle-builder.ts';
import { sourcesOf, written } from '../../support/bundle-writer.ts';
import { makeGlb, OCULUS_MORPHS } from '../../support/sample-assets.ts';

type Color = readonly [number, number, number];

interface VersionOptions {
  readonly version: string;
  /** Color of thumbnail and model: red, green, blue, 0-255. */
  readonly color: Color;
  /** Prefix for the names of the mouth shapes, as some exporters add it. */
  readonly prefix?: string;
  readonly description?: string;
}

/** A model of one triangle whose morph targets are the mouth shapes. */
function triangleThatSpeaks({ color, prefix = '' }: VersionOptions): BundleAsset {
  const morphs = OCULUS_MORPHS.map((name) => prefix + name);
  const targets = morphs.map(() => ({ POSITION: 0 }));
  const primitives = [{ attributes: { POSITION: 0 }, targets, material: 0 }];
  const baseColorFactor = [...color.map((channel) => channel / 255), 1];
  const material = { name: 'skin', doubleSided: true, pbrMetallicRoughness: { baseColorFactor } };
  const json = { materials: [material], meshes: [{ primitives, extras: { targetNames: morphs } }] };
  const content = makeGlb({ morphs, json });
  return { id: 'body', kind: 'model', format: 'glb', path: 'model/body.glb', content, deflate: true };
}

export interface VersionFiles {
  /** The first version: lip-sync works. */
  readonly first: string;
  /** A different color: visible, but nothing breaks. */
  readonly repainted: string;
  /** Every mouth shape is renamed: lip-sync no longer works. */
  readonly renamed: string;
}

/** Writes three versions of one avatar. */
export async function writeVersions(folder: string, name = 'Mara'): Promise<VersionFiles> {
  const id = randomUUID();
  const write = async (fileName: string, options: VersionOptions): Promise<string> => {
    const { version, color, description } = options;
    const assets = [thumbnailAsset(color), triangleThatSpeaks(options)];
    const about: BundleOptions = { id, name, version, ...(description && { description }) };
    const manifest = buildManifest({ ...about, manifest: { body: { type: 'model3d', main: 'body' } } }, assets);
    const path = join(folder, fileName);
    await writeFile(path, await written({ manifest, assets: sourcesOf(assets) }));
    return path;
  };
  return {
    first: await write('mara.gab', { version: '1.0.0', color: [200, 60, 60] }),
    repainted: await write('mara-blue.gab', { version: '1.1.0', color: [40, 80, 220], description: 'In blue' }),
    renamed: await write('mara-renamed.gab', { version: '2.0.0', color: [40, 80, 220], prefix: 'Head_' }),
  };
}
