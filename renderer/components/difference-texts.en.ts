import type { ComparisonVerdict, DifferenceArea } from '../../shared/gab/compare/comparison.ts';
import { plural } from '../../shared/lib/plural.ts';
import { sentence } from '../../shared/lib/sentence.ts';

const verdicts: Readonly<Record<ComparisonVerdict, string>> = {
  'breaks-runtime': 'Breaking changes',
  visible: 'Visible changes',
  harmless: 'Harmless changes',
  same: 'No changes',
};

/** Names of the icon beside a single difference. */
const verdictIcons: Readonly<Record<ComparisonVerdict, string>> = {
  'breaks-runtime': 'Breaking',
  visible: 'Visible',
  harmless: 'Harmless',
  same: 'Identical',
};

/** The verdict in one sentence; `count` counts the differences of that verdict. */
const summaries: Readonly<Record<ComparisonVerdict, (count: number) => string>> = {
  'breaks-runtime': (count) =>
    sentence`${plural(count, 'feature that works now', 'features that work now')} will stop working.`,
  visible: (count) =>
    sentence`Nothing breaks. ${plural(count, 'visible or audible change', 'visible or audible changes')}.`,
  harmless: () => 'Nobody looking at the avatar will notice.',
  same: () => 'All files and settings are identical.',
};

const areas: Readonly<Record<DifferenceArea, string>> = {
  body: 'Body',
  model: 'Model',
  face: 'Face and lip-sync',
  animation: 'Animations',
  voice: 'Voice',
  persona: 'Persona',
  licence: 'License',
  manifest: 'Details',
  assets: 'Included files',
  size: 'Size',
};

export const differenceTexts = {
  verdicts,
  verdictIcons,
  summaries,
  areas,
  differenceCount: (count: number) => plural(count, 'difference', 'differences'),
  before: 'Before',
  after: 'After',
  none: 'none',
  yes: 'yes',
  no: 'no',
  place: (path: string, pointer: string) => sentence`${path} at ${pointer}`,
  namesAndMore: (names: string, more: number) => sentence`${names} and ${more} more`,
  toFix: 'To fix: ',
  copied: {
    names: (names: string) => sentence`Names: ${names}`,
    fix: (fix: string) => sentence`Fix: ${fix}`,
    place: (place: string) => sentence`Where: ${place}`,
    code: (code: string) => sentence`Code: ${code}`,
  },
} as const;
