import type {
  Comparison,
  ComparisonVerdict,
  Difference,
  DifferenceArea,
  DifferenceVerdict,
} from '../../shared/gab/compare/comparison.ts';
import { differenceVerdicts } from '../../shared/gab/compare/comparison.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

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
      return `${plural(count, 'thing that works', 'things that work')} before would not work after.`;
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

export function sentenceOf(difference: Difference): string {
  return difference.code;
}

/** "aa, E, I and 12 more" */
export function namesOf({ names = [], more = 0 }: Difference): string | null {
  if (names.length === 0) return null;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

function differenceAsText(difference: Difference): string {
  const names = namesOf(difference);
  const where = [difference.path, difference.pointer].filter(Boolean).join(' at ');
  return [
    `- ${sentenceOf(difference)}`,
    names ? `  Names: ${names}` : '',
    where ? `  Where: ${where}` : '',
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
