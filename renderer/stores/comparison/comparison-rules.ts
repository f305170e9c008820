import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import {
  type Difference,
  type DifferenceArea,
  type DifferenceVerdict,
  differenceAreas,
  differenceVerdicts,
} from '../../../shared/gab/compare/comparison.ts';
import { withoutIsolates } from '../../../shared/lib/sentence.ts';

export interface DifferenceFilter {
  /** Null: all of them. */
  readonly verdict: DifferenceVerdict | null;
  readonly area: DifferenceArea | null;
  readonly query: string;
}

export const NO_FILTER: DifferenceFilter = { verdict: null, area: null, query: '' };

export function isSameBundle(a: BundleReference, b: BundleReference): boolean {
  return referenceKey(a) === referenceKey(b);
}

/**
 * Two references have the same key exactly when they refer to the same bundle. For React keys and
 * pickers.
 */
export function referenceKey(reference: BundleReference): string {
  return reference.kind === 'version' ? `version:${reference.versionUuid}` : `staged:${reference.stageId}`;
}

const fold = (text: string): string => withoutIsolates(text).normalize('NFKC').toLocaleLowerCase();

/** A search finds a difference by its sentence, its code, its place and every name in it. */
function searchText(difference: Difference, sentence: string): string {
  const { code, path, pointer, before, after, names = [] } = difference;
  return fold([sentence, code, path, pointer, before, after, ...names].filter((part) => part != null).join('\n'));
}

/** `sentenceOf` returns the sentence that the screen shows, so that people find what they read. */
export function filterDifferences(
  differences: readonly Difference[],
  filter: DifferenceFilter,
  sentenceOf: (difference: Difference) => string,
): Difference[] {
  const sought = fold(filter.query).split(/\s+/u).filter(Boolean);
  return differences.filter((difference) => {
    if (filter.verdict !== null && difference.verdict !== filter.verdict) return false;
    if (filter.area !== null && difference.area !== filter.area) return false;
    const text = sought.length > 0 ? searchText(difference, sentenceOf(difference)) : '';
    return sought.every((word) => text.includes(word));
  });
}

export interface AreaGroup {
  readonly area: DifferenceArea;
  readonly differences: readonly Difference[];
}

/**
 * One group per area. The areas and the differences in them are sorted by severity, the worst
 * first.
 */
export function groupByArea(differences: readonly Difference[]): AreaGroup[] {
  const groups = differenceAreas
    .map((area) => ({ area, differences: worstFirst(differences.filter((difference) => difference.area === area)) }))
    .filter((group) => group.differences.length > 0);
  return groups.toSorted((a, b) => rankOf(a.differences[0]) - rankOf(b.differences[0]));
}

function rankOf(difference: Difference | undefined): number {
  return difference ? differenceVerdicts.indexOf(difference.verdict) : differenceVerdicts.length;
}

function worstFirst(differences: readonly Difference[]): Difference[] {
  return differences.toSorted((a, b) => rankOf(a) - rankOf(b));
}

export function countByVerdict(differences: readonly Difference[]): Record<DifferenceVerdict, number> {
  const counts = { 'breaks-runtime': 0, visible: 0, harmless: 0 };
  for (const { verdict } of differences) counts[verdict] += 1;
  return counts;
}

/** The areas that have differences, in their fixed order, with the number of differences. */
export function areasIn(differences: readonly Difference[]): { area: DifferenceArea; count: number }[] {
  return differenceAreas
    .map((area) => ({ area, count: differences.filter((difference) => difference.area === area).length }))
    .filter(({ count }) => count > 0);
}
