import type { Difference } from './comparison.ts';
import type { DifferenceCode } from './difference-codes.ts';

/**
 * What a project needs, whichever avatar is active: a mouth that moves, animations in their slots,
 * and a voice.
 */
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
 * Returns the differences that break something if `to` replaces `from`. Another avatar has other
 * clips, bones and names on purpose, so for it only the project's own needs count.
 */
export function breakingDifferences(
  differences: readonly Difference[],
  { isSameAvatar }: { readonly isSameAvatar: boolean },
): Difference[] {
  return differences.filter(({ verdict, code }) => verdict === 'breaks-runtime' && (isSameAvatar || NEEDS.has(code)));
}
