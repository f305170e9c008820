import { extensionOf } from '../asset-table.ts';
import { type ByteSource, bytesSource } from '../byte-source.ts';
import type { ImageFormat } from '../content/image-header.ts';
import { listAt, textAt } from '../content/untyped.ts';
import type { OpenBundle } from '../open-bundle.ts';
import { C2PA_PATH } from '../unpack-entries.ts';
import { type ManifestDocument, parseManifestDocument } from './manifest-document.ts';
import { type WriteRequest, type WriteTools, writeBundle } from './write-bundle.ts';

export interface NewThumbnail {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
}

/**
 * Writes the same bundle with another thumbnail: its asset gets the new format, path, size and
 * hash; the rest of the manifest and all other files are kept. Returns the same as `writeBundle`,
 * which refuses pictures that bundles don't allow.
 */
export function replaceThumbnail(bundle: OpenBundle, thumbnail: NewThumbnail, tools: WriteTools) {
  const request = requestOf(bundle);
  const { path: oldPath } = thumbnailOf(bundle);
  const path = `thumbnail.${extensionOf(thumbnail.format)}`;
  const assets = new Map(request.assets);
  assets.delete(oldPath);
  assets.set(path, bytesSource(thumbnail.bytes));
  const manifest = withThumbnail(request.manifest, { format: thumbnail.format, path });
  return writeBundle({ ...request, manifest, assets }, tools);
}

/** An opened bundle as input for the writer. */
export function requestOf(bundle: OpenBundle): WriteRequest {
  const { document, fault } = parseManifestDocument(bundle.manifestBytes);
  // The complete check has already parsed these bytes as a manifest.
  if (fault) throw new Error(`the manifest of an opened bundle is not valid JSON: ${fault.kind}`);
  const sizes = new Map(bundle.entries.map(({ path, sizeBytes }) => [path, sizeBytes]));
  const sourceOf = (path: string) => entrySource(bundle, path, sizes.get(path) ?? 0);
  const assets = new Map(bundle.manifest.assets.map(({ path }) => [path, sourceOf(path)]));
  return { manifest: document, assets, ...(sizes.has(C2PA_PATH) && { credentials: sourceOf(C2PA_PATH) }) };
}

function thumbnailOf({ manifest }: OpenBundle): { readonly path: string } {
  const asset = manifest.assets.find(({ id }) => id === manifest.thumbnail);
  if (!asset) throw new Error('an opened bundle has no thumbnail');
  return asset;
}

function withThumbnail(
  manifest: ManifestDocument,
  fields: { readonly format: ImageFormat; readonly path: string },
): ManifestDocument {
  const id = textAt(manifest, 'thumbnail');
  const assets = listAt(manifest, 'assets').map((asset) =>
    typeof asset === 'object' && textAt(asset, 'id') === id ? { ...asset, ...fields } : asset,
  );
  return { ...manifest, assets };
}

/** An entry as a source. It is inflated at the first read, and freed once its end was read. */
function entrySource(bundle: OpenBundle, path: string, size: number): ByteSource {
  let held: Promise<Uint8Array> | null = null;
  return {
    size,
    read: async (offset, length) => {
      held ??= bundle.readEntry(path);
      const bytes = await held;
      if (offset + length >= size) held = null;
      return bytes.subarray(offset, offset + length);
    },
  };
}
