import type { Difference } from './comparison.ts';
import type { DifferenceCode } from './difference-codes.ts';

/** What a project's conversations count on, whichever avatar is live: a mouth that moves, motions in their slots, a voice. */
const NEEDS: ReadonlySet<string> = new Set<DifferenceCode>([
  'viseme-source',
  'visemes-lost',
  'slots-removed',
  'voice-removed',
  'glb-extensions-added',
  'manifest-min-runtime',
  'manifest-extensions-required',
]);

/**
 * The differences that break something if `to` takes the place of `from`. Another avatar has other clips, bones and names on purpose:
 * of it only counts what the project itself would miss.
 */
export function breakingDifferences(
  differences: readonly Difference[],
  { isSameAvatar }: { readonly isSameAvatar: boolean },
): Difference[] {
  return differences.filter(({ verdict, code }) => verdict === 'breaks-runtime' && (isSameAvatar || NEEDS.has(code)));
}
