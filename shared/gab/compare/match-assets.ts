import type { AssetSummary, BundleSummary } from './bundle-summary.ts';

export interface AssetMatch {
  readonly pairs: readonly (readonly [before: AssetSummary, after: AssetSummary])[];
  readonly added: readonly AssetSummary[];
  readonly removed: readonly AssetSummary[];
}

/**
 * Finds the pairs of assets: by ID, otherwise by content, otherwise by path, otherwise by role in
 * the bundle (body, thumbnail). Only assets of the same kind form a pair. The order of assets
 * doesn't matter, and both directions find the same pairs.
 */
export function matchAssets(before: BundleSummary, after: BundleSummary): AssetMatch {
  const removed = new Set(before.assets.toSorted(byId));
  const added = new Set(after.assets.toSorted(byId));
  const pairs: [AssetSummary, AssetSummary][] = [];
  const keys: readonly ((asset: AssetSummary, bundle: BundleSummary) => string | null)[] = [
    ({ kind, id }) => `${kind} ${id}`,
    ({ kind, format, sha256 }) => `${kind} ${format} ${sha256}`,
    ({ kind, path }) => `${kind} ${path}`,
    ({ kind, id }, { manifest }) => (partsOf(manifest).has(id) ? kind : null),
  ];
  for (const key of keys) {
    const waiting = new Map<string, AssetSummary[]>();
    for (const asset of added) {
      const name = key(asset, after);
      if (name !== null) waiting.set(name, [...(waiting.get(name) ?? []), asset]);
    }
    // Deleting the visited item doesn't affect the iteration of a set.
    for (const asset of removed) {
      const other = waiting.get(key(asset, before) ?? '')?.shift();
      if (!other) continue;
      removed.delete(asset);
      added.delete(other);
      pairs.push([asset, other]);
    }
  }
  return { pairs: pairs.toSorted(([one], [other]) => byId(one, other)), added: [...added], removed: [...removed] };
}

/** IDs of the parts that a bundle has exactly once. */
function partsOf(manifest: BundleSummary['manifest']): ReadonlySet<unknown> {
  const { body, thumbnail } = manifest;
  const main = typeof body === 'object' && body !== null && 'main' in body ? body.main : undefined;
  return new Set([main, thumbnail]);
}

function byId(left: AssetSummary, right: AssetSummary): number {
  return left.id < right.id ? -1 : Number(left.id > right.id);
}
