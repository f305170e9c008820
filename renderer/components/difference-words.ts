import type {
  Comparison,
  ComparisonVerdict,
  Difference,
  DifferenceArea,
  DifferenceVerdict,
} from '../../shared/gab/compare/comparison.ts';
import { differenceVerdicts } from '../../shared/gab/compare/comparison.ts';
import { explainDifference } from '../../shared/gab/compare/explain-difference.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';

export const verdictWords: Readonly<Record<ComparisonVerdict, string>> = {
  'breaks-runtime': 'Breaks the runtime',
  visible: 'Visible',
  harmless: 'Harmless',
  same: 'The same',
};

export const areaWords: Readonly<Record<DifferenceArea, string>> = {
  body: 'Body',
  model: 'Model',
  face: 'Face and lip-sync',
  animation: 'Animations',
  voice: 'Voice',
  persona: 'Persona',
  licence: 'Licence',
  manifest: 'Details',
  assets: 'Files inside',
  size: 'Size',
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export function countDifferences(count: number): string {
  return plural(count, 'difference', 'differences');
}

/** What all of it comes to, in one sentence. */
export function summarise({ verdict, differences }: Comparison): string {
  const count = differences.filter((difference) => difference.verdict === verdict).length;
  switch (verdict) {
    case 'breaks-runtime':
      return `${plural(count, 'thing', 'things')} that worked before would stop working.`;
    case 'visible':
      return `Everything goes on working; ${plural(count, 'change', 'changes')} can be seen or heard.`;
    case 'harmless':
      return 'Nobody who looks at the avatar would notice.';
    case 'same':
      return 'Every file and every setting in them is the same.';
    default:
      return assertNever(verdict, 'verdict');
  }
}

/** Everything that the screen says about it, for searching. */
export function wordsOf(difference: Difference): string {
  const { title, what, why, fix } = explainDifference(difference);
  return [title, what, why, fix].filter(Boolean).join('\n');
}

/** Where in the bundle: the entry, and the place in the manifest if there is one. */
export function placeOf({ path, pointer }: Difference): string | null {
  if (path && pointer) return `${path} at ${pointer}`;
  return path ?? (pointer ? `manifest.json at ${pointer}` : null);
}

/** "aa, E, I and 12 more" */
export function namesOf({ names = [], more = 0 }: Difference): string | null {
  if (names.length === 0) return null;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** Longer values are read under each other, not in a line; so is what is written in JSON. */
const MAX_INLINE_CHARS = 28;
const JSON_START = /^[[{]/;

function isBytes({ area, code }: Difference): boolean {
  return area === 'size' || area === 'assets' || code.endsWith('-bytes');
}

function valueText(difference: Difference, value: Difference['before']): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return isBytes(difference) ? formatBytes(value) : value.toLocaleString('en');
}

export interface ValueTexts {
  readonly before: string;
  readonly after: string;
  readonly isShort: boolean;
}

/** Both values as text; null where the difference has none (things came or went) or only counts what its names tell. */
export function valuesOf(difference: Difference): ValueTexts | null {
  if (difference.before === undefined || difference.after === undefined) return null;
  const before = valueText(difference, difference.before);
  const after = valueText(difference, difference.after);
  const isShort = [before, after].every((text) => text.length <= MAX_INLINE_CHARS && !JSON_START.test(text));
  return { before, after, isShort };
}

function differenceAsText(difference: Difference): string {
  const { title, what, why, fix } = explainDifference(difference);
  const names = namesOf(difference);
  const place = placeOf(difference);
  return [
    `- ${title}. ${what} ${why}`,
    names ? `  Names: ${names}` : '',
    fix ? `  Fix: ${fix}` : '',
    place ? `  Where: ${place}` : '',
    `  Code: ${difference.code}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function sectionAsText(verdict: DifferenceVerdict, differences: readonly Difference[]): string {
  const chosen = differences.filter((difference) => difference.verdict === verdict);
  if (chosen.length === 0) return '';
  return [`${verdictWords[verdict]} (${chosen.length})`, ...chosen.map(differenceAsText)].join('\n');
}

/** The whole comparison as text, for the clipboard: worst first. */
export function comparisonAsText(title: string, comparison: Comparison): string {
  const sections = differenceVerdicts.map((verdict) => sectionAsText(verdict, comparison.differences));
  return [title, `${verdictWords[comparison.verdict]}. ${summarise(comparison)}`, ...sections]
    .filter(Boolean)
    .join('\n\n');
}
