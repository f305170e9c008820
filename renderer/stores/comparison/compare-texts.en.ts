import type { ComparisonVerdict } from '../../../shared/gab/compare/comparison.ts';
import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

const results: Readonly<Record<ComparisonVerdict, (count: number) => string>> = {
  same: () => 'No differences',
  'breaks-runtime': (count) => sentence`Breaking changes, ${differenceCount(count)}`,
  visible: (count) => sentence`Visible changes, ${differenceCount(count)}`,
  harmless: (count) => sentence`Harmless changes, ${differenceCount(count)}`,
};

function differenceCount(count: number): string {
  return plural(count, 'difference', 'differences');
}

export const compareTexts = {
  results,
  isLiveItself: (version: number) => sentence`v${version} is the live version itself.`,
  nothingLive: 'Nothing is live in this project.',
  noPreviousVersion: (version: number) => sentence`There's no version before v${version}.`,
  nothingToCompareWith: "There's nothing to compare this with: it's the only version, and nothing else is live.",
  live: 'live',
  notUploaded: 'not uploaded yet',
  sideAndNote: (name: string, note: string) => sentence`${name}, ${note}`,
  title: (from: string, to: string) => sentence`${from} → ${to}`,
  versionNumber: (version: number) => sentence`v${version}`,
} as const;
