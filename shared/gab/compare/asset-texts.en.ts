import type { DifferenceCode } from './difference-codes.ts';
import { bytes, change, type ExplainDifference, fieldOf, fileOf, value } from './difference-text.ts';

/** Differences between files and sizes. */
export const assetDifferenceTexts = {
  'asset-added': (difference) => ({
    title: 'File added',
    what: `${fileOf(difference)} (${bytes(difference.after)}) is new.`,
    why: difference.verdict === 'harmless' ? "The avatar doesn't use it yet." : 'The avatar uses it.',
    fix: null,
  }),
  'asset-removed': (difference) => ({
    title: 'File removed',
    what: `${fileOf(difference)} (${bytes(difference.before)}) was removed.`,
    why:
      difference.verdict === 'harmless'
        ? "The avatar didn't use it."
        : 'The avatar used it, so something will look or sound different.',
    fix: null,
  }),
  'asset-changed': (difference) => ({
    title: 'File changed',
    what: `The content of ${fileOf(difference)} changed (${bytes(difference.before)} before, ${bytes(difference.after)} now).`,
    why:
      difference.verdict === 'harmless'
        ? "The avatar doesn't use it."
        : 'Something may look or sound different. Compare the previews.',
    fix: null,
  }),
  'asset-moved': (difference) => ({
    title: 'File renamed',
    what: `${value(difference.before)} is now called ${value(difference.after)}${difference.names ? ` (${difference.names[0]})` : ''}.`,
    why: 'The avatar uses the same content under the new name.',
    fix: null,
  }),
  'asset-details': (difference) => ({
    title: 'File details changed',
    what: `The details of ${fileOf(difference)} in the manifest changed ${change(difference)}.`,
    why:
      difference.verdict === 'harmless'
        ? "They are notes for people and don't affect how it looks."
        : 'The axes of the splat changed, so it may appear rotated or upside down.',
    fix: null,
  }),
  'image-size': (difference) => ({
    title: 'Picture size changed',
    what: `${fileOf(difference)} changed ${change(difference)} pixels.`,
    why: 'It may look sharper or softer, and its memory use changes.',
    fix: null,
  }),
  'splat-points': (difference) => ({
    title: 'Splat point count changed',
    what: `${fileOf(difference)} changed ${change(difference)} points.`,
    why: 'More points show more detail but take longer to draw.',
    fix: null,
  }),
  'size-total': (difference) => ({
    title: 'File size changed',
    what: `The bundle changed from ${bytes(difference.before)} to ${bytes(difference.after)}.`,
    why:
      difference.verdict === 'visible'
        ? 'Above 10 MB, avatars load slowly on phones.'
        : 'It takes about as long to load as before.',
    fix: null,
  }),
  'manifest-rewritten': () => ({
    title: 'Manifest reformatted',
    what: 'The manifest has the same content in another layout.',
    why: "Spaces and the order of fields don't matter.",
    fix: null,
  }),
  'manifest-field': (difference) => ({
    title: 'Manifest field changed',
    what: `${fieldOf(difference)} changed ${change(difference)}.`,
    why: "It is for people and tools; the runtime doesn't use it.",
    fix: null,
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
