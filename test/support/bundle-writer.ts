import { nodeEncoder } from '../../node/bundle-encoder.ts';
import { type ByteSource, bytesSource } from '../../shared/gab/byte-source.ts';
import { type OpenBundle, openBundle } from '../../shared/gab/open-bundle.ts';
import type { ManifestDocument } from '../../shared/gab/write/manifest-document.ts';
import { writeBundle } from '../../shared/gab/write/write-bundle.ts';
import {
  type BundleAsset,
  type BundleOptions,
  buildManifest,
  portraitAsset,
  thumbnailAsset,
} from './bundle-builder.ts';
import { testCodec } from './inspect-bytes.ts';

export const writeTools = { codec: testCodec, encoder: nodeEncoder };

/** Files by path as the writer takes them. */
export function sourcesOf(assets: readonly Pick<BundleAsset, 'path' | 'content'>[]): Map<string, ByteSource> {
  return new Map(assets.map(({ path, content }) => [path, bytesSource(content)]));
}

/** The writer's input for a bundle with a thumbnail, a portrait and the given assets. */
export function writeRequest(assets: readonly BundleAsset[] = [], options: BundleOptions = {}) {
  const all = [thumbnailAsset(), portraitAsset(), ...assets];
  const manifest: ManifestDocument = buildManifest(options, all);
  return { manifest, assets: sourcesOf(all) };
}

/** Writes a bundle or fails the test with the findings. */
export async function written(request: Parameters<typeof writeBundle>[0]): Promise<Buffer> {
  const result = await writeBundle(request, writeTools);
  if (!result.ok) throw new Error(`not written: ${JSON.stringify(result.failure.findings)}`);
  return Buffer.from(result.value.bytes.buffer);
}

/** Opens bytes or fails the test with the findings. */
export async function opened(bytes: Uint8Array): Promise<OpenBundle> {
  const result = await openBundle(bytesSource(bytes), { fileName: 'a.gab', policy: 'strict', codec: testCodec });
  if (!result.ok) throw new Error(`not opened: ${JSON.stringify(result.report.issues)}`);
  return result.bundle;
}
