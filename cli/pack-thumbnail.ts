import { isKnownKind, kindRules } from '../shared/gab/asset-table.ts';
import { type ByteSource, bytesSource } from '../shared/gab/byte-source.ts';
import { listAt, textAt } from '../shared/gab/content/untyped.ts';
import type { WriteRequest } from '../shared/gab/write/write-bundle.ts';
import { vrmThumbnail } from './import/make-manifest.ts';
import { fitPicture } from './import/make-thumbnail.ts';
import type { ImportedFile } from './import/recognize-input.ts';
import { readGlb } from './render/glb-file.ts';

/**
 * Gives a bundle without a thumbnail the picture of its VRM, otherwise its first portrait
 * (gab-format 5). If there is neither, or a thumbnail that the manifest doesn't name, the writer
 * reports what is missing.
 */
export async function withThumbnail(request: WriteRequest): Promise<WriteRequest> {
  const { manifest, assets } = request;
  const listed = listAt(manifest, 'assets');
  const id = textAt(manifest, 'thumbnail');
  const named = listed.find((asset) => id !== undefined && textAt(asset, 'id') === id);
  const hasPicture = [...assets.keys()].some((path) => path.startsWith('thumbnail.'));
  if (hasPicture || assets.has(textAt(named, 'path') ?? '')) return request;
  const picture = await findPicture(listed, assets);
  if (!picture) return request;
  const fields = { id: id ?? freeId(listed), kind: picture.kind, format: picture.format, path: picture.path };
  const others = listed.filter((asset) => asset !== named);
  return {
    ...request,
    manifest: { ...manifest, thumbnail: fields.id, assets: [{ ...(named as object), ...fields }, ...others] },
    assets: new Map([...assets, [picture.path, bytesSource(picture.bytes)]]),
  };
}

async function findPicture(
  listed: readonly unknown[],
  assets: ReadonlyMap<string, ByteSource>,
): Promise<ImportedFile | null> {
  const ofKind = (is: (asset: unknown) => boolean) => readFirst(listed.filter(is), assets);
  const vrm = await ofKind((asset) => textAt(asset, 'format') === 'vrm');
  const glb = vrm && readGlb(vrm);
  const own = glb && vrmThumbnail(glb);
  const fitted = own && (await fitPicture(own));
  if (fitted) return fitted;
  const portrait = await ofKind((asset) => textAt(asset, 'kind') === 'portrait');
  return portrait && fitPicture(portrait);
}

/** Returns the first existing file, unless it is too large for its kind. */
async function readFirst(listed: readonly unknown[], assets: ReadonlyMap<string, ByteSource>) {
  for (const asset of listed) {
    const source = assets.get(textAt(asset, 'path') ?? '');
    const kind = textAt(asset, 'kind') ?? '';
    if (source && isKnownKind(kind) && source.size <= kindRules[kind].maxBytes) return source.read(0, source.size);
  }
  return null;
}

function freeId(listed: readonly unknown[]): string {
  const taken = new Set(listed.map((asset) => textAt(asset, 'id')));
  let id = 'thumbnail';
  for (let number = 2; taken.has(id); number += 1) id = `thumbnail-${number}`;
  return id;
}
