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
 * The same bundle with another thumbnail: its asset gets the new format, path, size and hash, everything else of the
 * manifest and all other files are kept. Answers as `writeBundle` does; a picture that no bundle may have is refused there.
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

/** Everything of an opened bundle as input of the writer. */
export function requestOf(bundle: OpenBundle): WriteRequest {
  const { document, fault } = parseManifestDocument(bundle.manifestBytes);
  // The complete check has read these very bytes as a manifest.
  if (fault) throw new Error(`the manifest of an opened bundle is no JSON: ${fault.kind}`);
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

/** An entry as a source: inflated when it is first read, and held only until its end was given out. */
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
