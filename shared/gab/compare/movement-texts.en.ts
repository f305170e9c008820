import type { Difference } from './comparison.ts';
import type { DifferenceCode } from './difference-codes.ts';
import { counted, type ExplainDifference, fileOf, fixIfBroken, told } from './difference-text.ts';

const sources: Readonly<Record<string, string>> = {
  map: 'the map in the manifest',
  names: 'morph targets named viseme_…',
  vrm: 'the five vowels of VRM',
  jaw: 'the jaw alone',
  none: 'nothing',
};

const source = (one: Difference['before']) => sources[String(one)] ?? 'something unknown';

const FIX_VISEMES =
  'Give the morph targets their old names (viseme_PP, viseme_FF and so on), or map the new names in face.visemes; then export again.';

/** Words for face and motion. */
export const movementDifferenceTexts = {
  'morphs-added': (difference) => ({
    title: 'Morph targets added',
    what: `${counted(difference, 'morph target')} more: ${told(difference)}.`,
    why: 'Nothing uses them yet.',
    fix: null,
  }),
  'morphs-removed': (difference) => ({
    title: 'Morph targets removed',
    what: `${counted(difference, 'morph target')} fewer: ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'The mouth spoke with them: lip-sync will not work as before.'
        : 'Expressions made of them no longer show.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'morphs-renamed': (difference) => ({
    title: 'Morph targets renamed',
    what: `${counted(difference, 'morph target')} with another name: ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'The runtime looks for the old names: lip-sync will not work.'
        : 'What addresses them by the old names no longer finds them; lip-sync goes on.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'vrm-expressions-added': (difference) => ({
    title: 'VRM expressions added',
    what: `${counted(difference, 'expression')} more: ${told(difference)}.`,
    why: 'The avatar can show more.',
    fix: null,
  }),
  'vrm-expressions-removed': (difference) => ({
    title: 'VRM expressions removed',
    what: `${counted(difference, 'expression')} fewer: ${told(difference)}.`,
    why: 'The face stays still where it showed them.',
    fix: null,
  }),
  'viseme-source': (difference) => ({
    title: 'Mouth is moved in another way',
    what: `It was moved by ${source(difference.before)}, it is moved by ${source(difference.after)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'The lips no longer follow what is said.'
        : difference.verdict === 'visible'
          ? 'The lips follow what is said now.'
          : 'The lips follow what is said, as before.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'visemes-gained': (difference) => ({
    title: 'More mouth shapes',
    what: `The mouth moves for ${counted(difference, 'sound')} more: ${told(difference)}.`,
    why: 'Speech looks better.',
    fix: null,
  }),
  'visemes-lost': (difference) => ({
    title: 'Mouth shapes lost',
    what: `The mouth no longer moves for ${counted(difference, 'sound')}: ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'Lip-sync will not work as before.'
        : 'The five vowels of VRM are left: speech looks simpler.',
    fix: fixIfBroken(difference, FIX_VISEMES),
  }),
  'viseme-shapes': () => ({
    title: 'Mouth shapes set differently',
    what: 'The map from sounds to mouth shapes is different.',
    why: 'The mouth may open wider or less wide for some sounds.',
    fix: null,
  }),
  'expressions-added': (difference) => ({
    title: 'Expressions added',
    what: `${counted(difference, 'expression')} more: ${told(difference)}.`,
    why: 'The avatar can show more.',
    fix: null,
  }),
  'expressions-removed': (difference) => ({
    title: 'Expressions removed',
    what: `${counted(difference, 'expression')} fewer: ${told(difference)}.`,
    why: 'The face stays still where it showed them.',
    fix: null,
  }),
  'expressions-changed': (difference) => ({
    title: 'Expressions set differently',
    what: `${counted(difference, 'expression')}: ${told(difference)}.`,
    why: 'They look stronger, weaker or different.',
    fix: null,
  }),
  'clips-added': (difference) => ({
    title: 'Motions added',
    what: `${counted(difference, 'motion')} more in ${fileOf(difference)}: ${told(difference)}.`,
    why: 'Only what a slot names is played.',
    fix: null,
  }),
  'clips-removed': (difference) => ({
    title: 'Motions removed',
    what: `${counted(difference, 'motion')} fewer in ${fileOf(difference)}: ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'At least one of them was played in an animation slot.'
        : 'No animation slot played them.',
    fix: fixIfBroken(difference, 'Export the model with these motions, or name others in the slot.'),
  }),
  'clips-renamed': (difference) => ({
    title: 'Motions renamed',
    what: `${counted(difference, 'motion')} with another name in ${fileOf(difference)}: ${told(difference)}.`,
    why: 'Motions are chosen by the animation slots of the manifest.',
    fix: null,
  }),
  'clip-targets': (difference) => ({
    title: 'Motion moves other bones',
    what: `In ${fileOf(difference)}: ${told(difference)}.`,
    why: 'The movement looks different.',
    fix: null,
  }),
  'slots-added': (difference) => ({
    title: 'Animation slots added',
    what: `${counted(difference, 'slot')} more: ${told(difference)}.`,
    why: 'The avatar moves where it stood still.',
    fix: null,
  }),
  'slots-removed': (difference) => ({
    title: 'Animation slots removed',
    what: `${counted(difference, 'slot')} fewer: ${told(difference)}.`,
    why: 'The avatar stands still where it moved.',
    fix: 'Name a motion for each of these slots in the manifest (animations), then export again.',
  }),
  'slots-changed': (difference) => ({
    title: 'Other motions in animation slots',
    what: `${counted(difference, 'slot')} with other motions: ${told(difference)}.`,
    why: 'People see another movement.',
    fix: null,
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
