import type { GabCode } from '../../../shared/gab/codes.ts';
import type { GabPolicy } from '../../../shared/gab/report.ts';
import {
  type BundleAsset,
  type BundleOptions,
  buildBundle,
  bundleEntries,
  describeAsset,
  portraitAsset,
  thumbnailAsset,
} from '../bundle-builder.ts';
import { makeGlb, OCULUS_MORPHS } from '../sample-assets.ts';
import { buildZip, type EndFields, type ZipEntry } from '../zip-builder.ts';

/** A file that is wrong in exactly one way. */
export interface CodeCase {
  readonly how: string;
  readonly bytes: () => Uint8Array;
  /** All codes that are expected. */
  readonly codes: readonly GabCode[];
  readonly policy?: GabPolicy;
  readonly fileName?: string;
}

/** Cases of some codes; together they have to name them all. */
export type CodeCases = Partial<Record<GabCode, readonly CodeCase[]>>;

export const text = (value: string) => Buffer.from(value, 'latin1');

/** A bundle with one entry changed. */
export function withEntry(index: number, change: Partial<ZipEntry>, options: BundleOptions = {}): Buffer {
  return buildZip(bundleEntries(options).map((entry, at) => (at === index ? { ...entry, ...change } : entry)));
}

/** A bundle with an additional entry that the manifest does not list. */
export function withExtra(extra: Partial<ZipEntry> & { readonly name: string }): Buffer {
  return buildZip([...bundleEntries({}), { content: text('{}'), ...extra }]);
}

export const withEnd = (end: Partial<EndFields>) => buildZip(bundleEntries({}), end);
export const withManifest = (manifest: Record<string, unknown>) => buildBundle({ manifest });
export const withManifestText = (change: (manifest: string) => string) => {
  const [, manifest] = bundleEntries({});
  return withEntry(1, { content: Buffer.from(change(manifest?.content.toString() ?? '')) });
};

export const model = (content: Uint8Array, manifest: Record<string, unknown> = {}, format = 'glb') =>
  buildBundle({
    manifest: { body: { type: 'model3d', main: 'body' }, ...manifest },
    assets: [{ id: 'body', kind: 'model', format, path: `model/body.${format}`, content }],
  });
export const talking = (json: Record<string, unknown> = {}) => makeGlb({ morphs: OCULUS_MORPHS, json });
export const splat = (content: Uint8Array, format = 'ply') =>
  buildBundle({
    manifest: { body: { type: 'splat', main: 'body' } },
    assets: [{ id: 'body', kind: 'splat', format, path: `splat/body.${format}`, content }],
  });
export const spare = (content: Uint8Array, path = 'portrait/spare.png') =>
  buildBundle({ assets: [{ id: 'spare', kind: 'portrait', format: 'png', path, content }] });

/** A bundle whose thumbnail is another picture, listed as it is. */
export function withThumbnail(content: Uint8Array): Buffer {
  const assets = [describeAsset({ ...thumbnailAsset(), content }), describeAsset(portraitAsset())];
  return buildZip(
    bundleEntries({ manifest: { assets } }).map((entry, at) => (at === 2 ? { ...entry, content } : entry)),
  );
}

/** A bundle with an additional asset that nothing refers to. */
export const withAsset = (asset: Omit<BundleAsset, 'id'>) => buildBundle({ assets: [{ id: 'more', ...asset }] });

export const FACE = 3;
export const EXTRA_FIELD = Buffer.from([0x75, 0x70, 1, 0, 1]);
