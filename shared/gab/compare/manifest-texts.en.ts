import type { DifferenceCode } from './difference-codes.ts';
import { change, type ExplainDifference, fieldOf, fixIfBroken, value } from './difference-text.ts';

const HEARD = 'People will hear it as soon as the version is live.';

const permissions: Readonly<Record<string, string>> = {
  '/license/commercialUse': 'Commercial use',
  '/license/redistribution': 'Redistribution',
  '/license/modification': 'Modification',
};

/** Differences in voice, persona, license and the manifest itself. */
export const manifestDifferenceTexts = {
  'voice-added': (difference) => ({
    title: 'Voice added',
    what: `The avatar speaks with a voice from ${value(difference.after)}.`,
    why: `It had no voice. ${HEARD}`,
    fix: null,
  }),
  'voice-removed': (difference) => ({
    title: 'Voice removed',
    what: `The voice from ${value(difference.before)} was removed.`,
    why: 'The avatar will be silent.',
    fix: 'Add the voice to the manifest again (voice.provider and voice.voiceId), then export again.',
  }),
  'voice-provider': (difference) => ({
    title: 'Voice provider changed',
    what: `The provider changed ${change(difference)}.`,
    why: `The voice sounds different, and the server needs a key for the new provider. ${HEARD}`,
    fix: null,
  }),
  'voice-id': (difference) => ({
    title: 'Voice changed',
    what: `The voice changed ${change(difference)}.`,
    why: HEARD,
    fix: null,
  }),
  'voice-language': (difference) => ({
    title: 'Voice language changed',
    what: `The language of the voice changed ${change(difference)}.`,
    why: HEARD,
    fix: null,
  }),
  'voice-tuning': (difference) => ({
    title: 'Voice settings changed',
    what: `${fieldOf(difference)} changed ${change(difference)}.`,
    why: HEARD,
    fix: null,
  }),
  'voice-sample': (difference) => ({
    title: 'Voice sample changed',
    what: `The sample changed ${change(difference)}.`,
    why: 'Only the preview plays it.',
    fix: null,
  }),
  'persona-prompt': () => ({
    title: 'Persona prompt changed',
    what: 'The text that describes who the avatar is changed.',
    why: 'The avatar may answer differently. Read the text before you make this version live.',
    fix: null,
  }),
  'persona-greeting': (difference) => ({
    title: 'Greeting changed',
    what: `The greeting changed ${change(difference)}.`,
    why: 'It is the first thing people hear.',
    fix: null,
  }),
  'persona-alternates': () => ({
    title: 'Alternative greetings changed',
    what: 'The list of alternative greetings changed.',
    why: 'Some people will hear a different greeting.',
    fix: null,
  }),
  'persona-language': (difference) => ({
    title: 'Persona language changed',
    what: `The language of the persona changed ${change(difference)}.`,
    why: 'The avatar may answer in another language.',
    fix: null,
  }),
  'licence-spdx': (difference) => ({
    title: 'License changed',
    what: `The license changed ${change(difference)}.`,
    why: 'Different terms apply to everyone who uses this version. Check that your use is still allowed.',
    fix: null,
  }),
  'licence-permission': (difference) => ({
    title: difference.verdict === 'harmless' ? 'License allows more' : 'License allows less',
    what: `${permissions[difference.pointer ?? ''] ?? 'A permission'} changed ${change(difference)}.`,
    why:
      difference.verdict === 'harmless'
        ? 'Everything that was allowed is still allowed.'
        : 'What you do with the avatar today may no longer be allowed.',
    fix: null,
  }),
  'licence-attribution': (difference) => ({
    title: 'Credits changed',
    what: `The credits changed ${change(difference)}.`,
    why: 'Wherever the avatar is shown, the new credits must be shown too.',
    fix: null,
  }),
  'licence-url': (difference) => ({
    title: 'License address changed',
    what: `The address of the license text changed ${change(difference)}.`,
    why: 'The terms stay the same unless the text itself changed.',
    fix: null,
  }),
  'licence-likeness': (difference) => ({
    title: 'Likeness statement changed',
    what: `The statement changed ${change(difference)}.`,
    why: 'It says whether the avatar shows a real person, and whether that person agreed.',
    fix: null,
  }),
  'licence-provenance': (difference) => ({
    title: 'Origin statement changed',
    what: `${fieldOf(difference)} changed ${change(difference)}.`,
    why: "It is a record for people and doesn't affect how the avatar looks.",
    fix: null,
  }),
  'manifest-id': (difference) => ({
    title: 'Avatar ID changed',
    what: `The avatar ID in the bundle changed ${change(difference)}.`,
    why: 'All versions of an avatar should have the same ID. Check that this is the right file.',
    fix: null,
  }),
  'manifest-name': (difference) => ({
    title: 'Name changed',
    what: `The name in the bundle changed ${change(difference)}.`,
    why: 'Other programs show it when they open the bundle.',
    fix: null,
  }),
  'manifest-locale': (difference) => ({
    title: 'Language changed',
    what: `The language of the avatar changed ${change(difference)}.`,
    why: 'Speech and greetings may be in another language.',
    fix: null,
  }),
  'manifest-min-runtime': (difference) => ({
    title: 'Required runtime changed',
    what: `The oldest supported runtime changed ${change(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "The current runtime is older: the version can be stored but can't be made live."
        : 'The current runtime is new enough.',
    fix: fixIfBroken(difference, 'Export it for the current runtime, or wait until the runtime is updated.'),
  }),
  'manifest-extensions-required': (difference) => ({
    title: 'Required extensions changed',
    what: `The required extensions changed ${change(difference)}.`,
    why:
      difference.verdict === 'harmless'
        ? 'It requires fewer extensions.'
        : "The runtime supports none of them and won't accept the avatar.",
    fix: fixIfBroken(difference, 'Export the avatar without required extensions.'),
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
