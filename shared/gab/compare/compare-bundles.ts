import { LARGE_BUNDLE_BYTES } from '../limits.ts';
import { compareAnimations } from './animation-differences.ts';
import { compareAssets } from './asset-differences.ts';
import { compareBody } from './body-differences.ts';
import type { BundleSummary } from './bundle-summary.ts';
import type { Comparison } from './comparison.ts';
import { DifferenceList } from './difference-list.ts';
import { compareFace } from './face-differences.ts';
import { compareManifests } from './manifest-differences.ts';
import { compareModels } from './model-differences.ts';
import { prepareSides } from './sides.ts';

/**
 * Returns all differences between two bundles, worst first, each with a verdict (docs/comparison.md
 * explains them). Pure; never throws, whatever the summaries contain. A bundle equals itself, and
 * the same differences are found in both directions.
 */
export function compareBundles(before: BundleSummary, after: BundleSummary): Comparison {
  const list = new DifferenceList();
  // With equal digests, all entries are byte for byte the same, whatever the archive around them.
  if (before.digest !== after.digest) {
    const sides = prepareSides(before, after);
    for (const compare of [
      compareBody,
      compareModels,
      compareFace,
      compareAnimations,
      compareManifests,
      compareAssets,
    ]) {
      compare(sides, list);
    }
    // The manifest differs only in whitespace or in the order of keys.
    if (list.isEmpty) list.add('manifest-rewritten', 'harmless');
  }
  compareSizes(before.sizeBytes, after.sizeBytes, list);
  return list.toComparison();
}

function compareSizes(before: number, after: number, list: DifferenceList): void {
  if (before === after) return;
  const isNowLarge = before <= LARGE_BUNDLE_BYTES && after > LARGE_BUNDLE_BYTES;
  list.add('size-total', isNowLarge ? 'visible' : 'harmless', { before, after });
}
