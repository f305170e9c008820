import type { Difference } from './comparison.ts';
import type { DifferenceCode } from './difference-codes.ts';
import { counted, type ExplainDifference, fileOf, fixIfBroken, listNames, nameCount } from './difference-text.ts';

const lipSyncMethods: Readonly<Record<string, string>> = {
  map: 'map in the manifest',
  names: 'morph targets',
  vrm: 'VRM vowels',
  jaw: 'jaw only',
  none: 'none',
};

function lipSyncMethod(one: Difference['before']): string {
  return lipSyncMethods[String(one)] ?? 'unknown';
}

function lipSyncTitle({ before, after }: Difference): string {
  if (before === 'none') return `Lip-sync added (${lipSyncMethod(after)})`;
  return after === 'none' ? 'Lip-sync removed' : 'Lip-sync method changed';
}

function lipSyncEffect({ verdict, after }: Difference): string {
  if (verdict === 'breaks-runtime') return 'The lips no longer match the speech.';
  if (verdict === 'visible') return 'The lips now match the speech.';
  const isMouthOnly = after === 'jaw' || after === 'none';
  return isMouthOnly ? "The lips don't match the speech in either version." : 'The lips still match the speech.';
}

const FIX_VISEMES =
  'Give the morph targets their old names (viseme_PP, viseme_FF and so on), or map the new names in face.visemes, then export again.';

/** Differences in the face and in movement. */
export const movementDifferenceTexts = {
  'morphs-added': (difference) => ({
    title: 'Morph targets added',
    what: `${counted(difference, 'morph target')} added: ${listNames(difference)}.`,
    why: "The avatar doesn't use them yet.",
    fix: null,
  }),
  'morphs-removed': (difference) => ({
    title: 'Morph targets removed',
    what: `${counted(difference, 'morph target')} removed: ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "The mouth used them, so lip-sync won't work as before."
        : 'Expressions that use them will no longer show.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'morphs-renamed': (difference) => ({
    title: 'Morph targets renamed',
    what: `${counted(difference, 'morph target')} renamed: ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "The runtime looks for the old names, so lip-sync won't work."
        : 'Lip-sync still works, but anything that uses the old names no longer finds them.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'vrm-expressions-added': (difference) => ({
    title: 'VRM expressions added',
    what: `${counted(difference, 'expression')} added: ${listNames(difference)}.`,
    why: 'The avatar can show more expressions.',
    fix: null,
  }),
  'vrm-expressions-removed': (difference) => ({
    title: 'VRM expressions removed',
    what: `${counted(difference, 'expression')} removed: ${listNames(difference)}.`,
    why: 'The avatar can no longer show them.',
    fix: null,
  }),
  'viseme-source': (difference) => ({
    title: lipSyncTitle(difference),
    what: `The lip-sync method changed from ${lipSyncMethod(difference.before)} to ${lipSyncMethod(difference.after)}.`,
    why: lipSyncEffect(difference),
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'visemes-gained': (difference) => ({
    title: 'Mouth shapes added',
    what: `The mouth moves for ${counted(difference, 'more sound')}: ${listNames(difference)}.`,
    why: 'Speech looks better.',
    fix: null,
  }),
  'visemes-lost': (difference) => ({
    title: 'Mouth shapes removed',
    what: `The mouth no longer moves for ${counted(difference, 'sound')}: ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "Lip-sync won't work as before."
        : 'The five VRM vowels remain, so speech looks simpler.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'viseme-shapes': () => ({
    title: 'Mouth shapes changed',
    what: 'The map from sounds to mouth shapes changed.',
    why: 'The mouth may open more or less for some sounds.',
    fix: null,
  }),
  'expressions-added': (difference) => ({
    title: 'Expressions added',
    what: `${counted(difference, 'expression')} added: ${listNames(difference)}.`,
    why: 'The avatar can show more expressions.',
    fix: null,
  }),
  'expressions-removed': (difference) => ({
    title: 'Expressions removed',
    what: `${counted(difference, 'expression')} removed: ${listNames(difference)}.`,
    why: 'The avatar can no longer show them.',
    fix: null,
  }),
  'expressions-changed': (difference) => ({
    title: 'Expressions changed',
    what: `${counted(difference, 'expression')} changed: ${listNames(difference)}.`,
    why: 'They may look stronger, weaker or different.',
    fix: null,
  }),
  'clips-added': (difference) => ({
    title: 'Animations added',
    what: `${counted(difference, 'animation')} added to ${fileOf(difference)}: ${listNames(difference)}.`,
    why: 'They play only if an animation slot uses them.',
    fix: null,
  }),
  'clips-removed': (difference) => ({
    title: 'Animations removed',
    what: `${counted(difference, 'animation')} removed from ${fileOf(difference)}: ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'An animation slot used at least one of them.'
        : 'No animation slot used them.',
    fix: fixIfBroken(difference, 'Export the model with these animations, or choose others for the slot.'),
  }),
  'clips-renamed': (difference) => ({
    title: 'Animations renamed',
    what: `${counted(difference, 'animation')} renamed in ${fileOf(difference)}: ${listNames(difference)}.`,
    why: 'The animation slots of the manifest decide which animations play.',
    fix: null,
  }),
  'clip-targets': (difference) => ({
    title: 'Animation targets changed',
    what: `Changed targets in ${fileOf(difference)}: ${listNames(difference)}.`,
    why: 'The movement looks different.',
    fix: null,
  }),
  'slots-added': (difference) => ({
    title: 'Animation slots added',
    what: `${counted(difference, 'slot')} added: ${listNames(difference)}.`,
    why: 'The avatar now moves in situations where it used to stand still.',
    fix: null,
  }),
  'slots-removed': (difference) => ({
    title: 'Animation slots removed',
    what: `${listNames(difference)} ${nameCount(difference) === 1 ? 'animation' : 'animations'} missing: the avatar will stand still.`,
    why: 'It moved there in the previous version.',
    fix: 'Choose an animation for each of these slots in the manifest (animations), then export again.',
  }),
  'slots-changed': (difference) => ({
    title: 'Animation slots changed',
    what: `${counted(difference, 'slot')} with other animations: ${listNames(difference)}.`,
    why: 'The avatar moves differently.',
    fix: null,
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
