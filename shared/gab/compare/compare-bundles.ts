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
 * Everything that is different from one bundle to another, worst first, each with a verdict (docs/comparison.md says why). Pure;
 * never throws, whatever a summary holds. A bundle is the same as itself, and what is found forwards is found backwards.
 */
export function compareBundles(before: BundleSummary, after: BundleSummary): Comparison {
  const list = new DifferenceList();
  // Equal digests: byte for byte the same entries, whatever the archive around them.
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
    // Other spaces or another order of keys in the manifest.
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
