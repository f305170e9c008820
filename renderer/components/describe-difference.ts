import type { DifferenceVerdict } from '../../shared/gab/compare/comparison.ts';
import { type Comparison, type Difference, differenceVerdicts } from '../../shared/gab/compare/comparison.ts';
import { explainDifference } from '../../shared/gab/compare/explain-difference.ts';
import { commaList } from '../../shared/lib/sentence.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import { differenceTexts } from './difference-texts.en.ts';

/** The verdict and how many differences have it, in one sentence. */
export function summarizeComparison({ verdict, differences }: Comparison): string {
  const { length } = differences.filter((difference) => difference.verdict === verdict);
  return differenceTexts.summaries[verdict](length);
}

/** All sentences that the screen shows for the difference. */
export function searchableText(difference: Difference): string {
  const { title, what, why, fix } = explainDifference(difference);
  return [title, what, why, fix].filter(Boolean).join('\n');
}

/** The entry in the bundle, or the place in its manifest. */
export function describePlace({ path, pointer }: Difference): string | null {
  if (path && pointer) return differenceTexts.place(path, pointer);
  return path ?? (pointer ? differenceTexts.place('manifest.json', pointer) : null);
}

/** "aa, E, I and 12 more" */
export function describeNames({ names = [], more = 0 }: Difference): string | null {
  if (names.length === 0) return null;
  return more > 0 ? differenceTexts.namesAndMore(commaList(names), more) : commaList(names);
}

/** Longer values, and JSON, are shown below each other instead of on one line. */
const MAX_INLINE_CHARS = 28;
const JSON_START = /^[[{]/;

function isBytes({ area, code }: Difference): boolean {
  return area === 'size' || area === 'assets' || code.endsWith('-bytes');
}

function valueText(difference: Difference, value: Difference['before']): string {
  if (value === null || value === undefined || value === '') return differenceTexts.none;
  if (typeof value === 'boolean') return value ? differenceTexts.yes : differenceTexts.no;
  if (typeof value === 'string') return value;
  return isBytes(difference) ? formatBytes(value) : value.toLocaleString('en');
}

export interface ValueTexts {
  readonly before: string;
  readonly after: string;
  readonly isShort: boolean;
}

/**
 * Both values as text; null if something was only added or removed, or if the names already say
 * everything.
 */
export function describeValues(difference: Difference): ValueTexts | null {
  if (difference.before === undefined || difference.after === undefined) return null;
  const before = valueText(difference, difference.before);
  const after = valueText(difference, difference.after);
  const isShort = [before, after].every((text) => text.length <= MAX_INLINE_CHARS && !JSON_START.test(text));
  return { before, after, isShort };
}

function differenceAsText(difference: Difference): string {
  const { title, what, why, fix } = explainDifference(difference);
  const names = describeNames(difference);
  const place = describePlace(difference);
  const { copied } = differenceTexts;
  const details = [
    names ? copied.names(names) : '',
    fix ? copied.fix(fix) : '',
    place ? copied.place(place) : '',
    copied.code(difference.code),
  ].filter(Boolean);
  return [`- ${title}. ${what} ${why}`, ...details].join('\n  ');
}

function sectionAsText(verdict: DifferenceVerdict, differences: readonly Difference[]): string {
  const chosen = differences.filter((difference) => difference.verdict === verdict);
  if (chosen.length === 0) return '';
  return [`${differenceTexts.verdicts[verdict]} (${chosen.length})`, ...chosen.map(differenceAsText)].join('\n');
}

/** The whole comparison as text, for the clipboard: worst first. */
export function comparisonAsText(title: string, comparison: Comparison): string {
  const sections = differenceVerdicts.map((verdict) => sectionAsText(verdict, comparison.differences));
  return [title, `${differenceTexts.verdicts[comparison.verdict]}. ${summarizeComparison(comparison)}`, ...sections]
    .filter(Boolean)
    .join('\n\n');
}
