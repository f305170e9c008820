import { sha256Hex } from '../../node/sha256.ts';
import { makePng, makeWav } from './sample-assets.ts';
import { buildZip, type ZipEntry } from './zip-builder.ts';

const MEDIA_TYPE = 'application/vnd.generative-avatar-bundle+zip';
/** Audio may have 8 MiB each. */
const PAD_PIECE_BYTES = 8 * 1024 * 1024;
const MIN_PAD_BYTES = 64;

export interface BundleAsset {
  readonly id: string;
  readonly kind: string;
  readonly format: string;
  readonly path: string;
  readonly content: Uint8Array;
  readonly deflate?: boolean;
}

export interface BundleOptions {
  /** A UUID without prefix; versions of one avatar share it. */
  readonly id?: string;
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Color of the thumbnail and the face, red, green, blue, 0-255. */
  readonly color?: readonly [number, number, number];
  /**
   * Additional files. There is always a thumbnail and, unless `manifest.body` says otherwise, one
   * portrait.
   */
  readonly assets?: readonly BundleAsset[];
  /** Replaces fields of the manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Size of the whole file; filled up with sounds that do not compress. */
  readonly sizeBytes?: number;
}

export function thumbnailAsset(color?: readonly [number, number, number]): BundleAsset {
  const content = makePng({ width: 512, height: 512, ...(color && { color }) });
  return { id: 'thumb', kind: 'thumbnail', format: 'png', path: 'thumbnail.png', content };
}

export function portraitAsset(color?: readonly [number, number, number]): BundleAsset {
  const content = makePng({ width: 256, height: 256, ...(color && { color }) });
  return { id: 'face', kind: 'portrait', format: 'png', path: 'portrait/face.png', content };
}

export function describeAsset({ id, kind, format, path, content }: BundleAsset) {
  const sha256 = sha256Hex(content);
  return { id, kind, format, path, size: content.byteLength, sha256 };
}

export function buildManifest(options: BundleOptions, assets: readonly BundleAsset[]): Record<string, unknown> {
  return {
    format: 'gab',
    gabVersion: '1.0',
    minRuntime: '1.0.0',
    id: `urn:uuid:${options.id ?? '00000000-0000-4000-8000-000000000001'}`,
    version: options.version ?? '1.0.0',
    name: options.name ?? 'Built avatar',
    description: options.description ?? '',
    authors: [{ name: 'Gabinet tests' }],
    license: { spdx: 'CC0-1.0' },
    createdAt: '2026-01-01T00:00:00Z',
    tags: options.tags ?? [],
    thumbnail: 'thumb',
    body: { type: 'portrait2d', main: 'face' },
    assets: assets.map(describeAsset),
    ...options.manifest,
  };
}

/** The entries of a bundle, so that a test can break one before it calls `buildZip`. */
export function bundleEntries(options: BundleOptions, padding: readonly BundleAsset[] = []): ZipEntry[] {
  const face = options.manifest?.body === undefined ? [portraitAsset(options.color)] : [];
  const assets = [thumbnailAsset(options.color), ...face, ...(options.assets ?? []), ...padding];
  const manifest = Buffer.from(JSON.stringify(buildManifest(options, assets)));
  return [
    { name: 'mimetype', content: Buffer.from(MEDIA_TYPE) },
    // Stored when the bundle needs an exact size: the size of a deflated manifest changes with its
    // hashes.
    { name: 'manifest.json', content: manifest, deflate: options.sizeBytes === undefined },
    ...assets.map(({ path, content, deflate }) => ({ name: path, content, ...(deflate && { deflate }) })),
  ];
}

function padAssets(totalBytes: number): BundleAsset[] {
  const pieces = Math.max(1, Math.ceil(totalBytes / (PAD_PIECE_BYTES - MIN_PAD_BYTES)));
  const pieceBytes = Math.floor(totalBytes / pieces);
  return Array.from({ length: pieces }, (_, index) => {
    const byteLength = index === 0 ? totalBytes - pieceBytes * (pieces - 1) : pieceBytes;
    const id = `pad-${index}`;
    return { id, kind: 'audio', format: 'wav', path: `audio/${id}.wav`, content: makeWav(byteLength, index + 1) };
  });
}

/**
 * A valid bundle, the same bytes for the same options. With `sizeBytes` the file has exactly that size
 * (at least 8 KiB, at most the 50 MiB that a bundle may have).
 */
export function buildBundle(options: BundleOptions = {}): Buffer {
  if (options.sizeBytes === undefined) return buildZip(bundleEntries(options));
  let padBytes = options.sizeBytes - buildZip(bundleEntries(options, padAssets(MIN_PAD_BYTES))).byteLength;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const bundle = buildZip(bundleEntries(options, padAssets(Math.max(padBytes, MIN_PAD_BYTES))));
    const missing = options.sizeBytes - bundle.byteLength;
    if (missing === 0) return bundle;
    padBytes += missing;
  }
  throw new Error(`no bundle of exactly ${options.sizeBytes} bytes can be made of these options`);
}
