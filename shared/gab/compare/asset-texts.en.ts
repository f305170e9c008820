import type { DifferenceCode } from './difference-codes.ts';
import { bytes, change, type ExplainDifference, fieldOf, fileOf, value } from './difference-text.ts';

/** Words for files and sizes. */
export const assetDifferenceTexts = {
  'asset-added': (difference) => ({
    title: 'File added',
    what: `${fileOf(difference)} (${bytes(difference.after)}) is new.`,
    why: difference.verdict === 'harmless' ? 'Nothing in the avatar uses it yet.' : 'The avatar uses it.',
    fix: null,
  }),
  'asset-removed': (difference) => ({
    title: 'File removed',
    what: `${fileOf(difference)} (${bytes(difference.before)}) is gone.`,
    why:
      difference.verdict === 'harmless'
        ? 'Nothing in the avatar used it.'
        : 'The avatar used it; what it was used for looks or sounds different now.',
    fix: null,
  }),
  'asset-changed': (difference) => ({
    title: 'File changed',
    what: `${fileOf(difference)} has other content: ${bytes(difference.before)} before, ${bytes(difference.after)} now.`,
    why:
      difference.verdict === 'harmless'
        ? 'Nothing in the avatar uses it.'
        : 'What people see or hear may be different; the previews side by side show it.',
    fix: null,
  }),
  'asset-moved': (difference) => ({
    title: 'File renamed',
    what: `${value(difference.before)} is called ${value(difference.after)} now${difference.names ? ` (${difference.names[0]})` : ''}.`,
    why: 'Its content goes on being used; only its name changed.',
    fix: null,
  }),
  'asset-details': (difference) => ({
    title: 'Details of a file changed',
    what: `What the manifest says about ${fileOf(difference)} changed ${change(difference)}.`,
    why:
      difference.verdict === 'harmless'
        ? 'It is a remark for people; nothing draws it.'
        : 'Other axes turn the splat: it may stand upside down.',
    fix: null,
  }),
  'image-size': (difference) => ({
    title: 'Picture has another size',
    what: `${fileOf(difference)} went ${change(difference)} pixels.`,
    why: 'It may look sharper or softer, and takes more or less memory.',
    fix: null,
  }),
  'splat-points': (difference) => ({
    title: 'Splat has another number of points',
    what: `${fileOf(difference)} went ${change(difference)} points.`,
    why: 'More points show more detail and take longer to draw.',
    fix: null,
  }),
  'size-total': (difference) => ({
    title: 'File size',
    what: `The bundle has ${bytes(difference.after)}; it had ${bytes(difference.before)}.`,
    why:
      difference.verdict === 'visible'
        ? 'Above 10 MB an avatar takes noticeably long to load on phones.'
        : 'It loads in about the same way.',
    fix: null,
  }),
  'manifest-rewritten': () => ({
    title: 'Manifest written anew',
    what: 'The manifest says the same in another layout.',
    why: 'Nothing reads the spaces and the order of fields.',
    fix: null,
  }),
  'manifest-field': (difference) => ({
    title: 'Entry in the manifest changed',
    what: `${fieldOf(difference)} changed ${change(difference)}.`,
    why: 'It is there for people and tools; the runtime does not look at it.',
    fix: null,
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
