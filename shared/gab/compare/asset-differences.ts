import { asObject, listAt, textAt, type Untyped } from '../content/untyped.ts';
import type { AssetSummary } from './bundle-summary.ts';
import type { DifferenceVerdict } from './comparison.ts';
import type { DifferenceList } from './difference-list.ts';
import { canonical, type Side, type Sides } from './sides.ts';

export function compareAssets({ before, after, match }: Sides, list: DifferenceList): void {
  for (const asset of match.removed) {
    list.add('asset-removed', verdictOf(before, asset), { path: asset.path, before: asset.sizeBytes, after: null });
  }
  for (const asset of match.added) {
    list.add('asset-added', verdictOf(after, asset), { path: asset.path, before: null, after: asset.sizeBytes });
  }
  for (const [asset, newAsset] of match.pairs) {
    const isUsed = before.usedIds.has(asset.id) || after.usedIds.has(newAsset.id);
    if (asset.sha256 !== newAsset.sha256) {
      const sizes = { before: asset.sizeBytes, after: newAsset.sizeBytes };
      list.add('asset-changed', isUsed ? 'visible' : 'harmless', { path: newAsset.path, ...sizes });
    }
    compareNaming(asset, newAsset, list);
    compareDetails([before, asset], [after, newAsset], list);
    compareContent(asset, newAsset, list);
  }
}

/** An asset without references is never visible. */
function verdictOf({ usedIds }: Side, { id }: AssetSummary): DifferenceVerdict {
  return usedIds.has(id) ? 'visible' : 'harmless';
}

function compareNaming(asset: AssetSummary, newAsset: AssetSummary, list: DifferenceList): void {
  if (asset.path === newAsset.path && asset.id === newAsset.id) return;
  const names = asset.id === newAsset.id ? undefined : { names: [`${asset.id} → ${newAsset.id}`] };
  list.add('asset-moved', 'harmless', { path: newAsset.path, before: asset.path, after: newAsset.path, ...names });
}

/** Reported as moved or changed. */
const COMPARED_FIELDS: ReadonlySet<string> = new Set(['id', 'path', 'size', 'sha256']);

/** Compares what the manifest says about an asset, apart from its path and content. */
function compareDetails(
  [before, asset]: readonly [Side, AssetSummary],
  [after, newAsset]: readonly [Side, AssetSummary],
  list: DifferenceList,
): void {
  const [details, newDetails] = [detailsOf(before, asset), detailsOf(after, newAsset)];
  const [text, newText] = [canonical(details), canonical(newDetails)];
  if (text === newText) return;
  // Different axes turn a splat upside down.
  const isTurned = details.coordinates !== newDetails.coordinates;
  const verdict = isTurned ? 'visible' : 'harmless';
  list.add('asset-details', verdict, { path: newAsset.path, before: details, after: newDetails });
}

function detailsOf({ manifest }: Side, { id }: AssetSummary): Untyped {
  const found = listAt(manifest, 'assets').find((asset) => textAt(asset, 'id') === id);
  const details = Object.entries(asObject(found)).filter(([field]) => !COMPARED_FIELDS.has(field));
  return Object.fromEntries(details);
}

function compareContent(asset: AssetSummary, newAsset: AssetSummary, list: DifferenceList): void {
  const { path } = newAsset;
  const [points, newPoints] = [asset.splat?.points ?? null, newAsset.splat?.points ?? null];
  if (points !== newPoints) list.add('splat-points', 'visible', { path, before: points, after: newPoints });
  const [size, newSize] = [pixelsOf(asset), pixelsOf(newAsset)];
  if (size !== newSize) list.add('image-size', 'visible', { path, before: size, after: newSize });
}

function pixelsOf({ image }: AssetSummary): string | null {
  return image && `${image.width} × ${image.height}`;
}
