import type { DifferenceCode } from './difference-codes.ts';
import { change, type ExplainDifference, fieldOf, fixIfBroken, value } from './difference-text.ts';

const HEARD = 'People hear it as soon as the version is live.';

const permissions: Readonly<Record<string, string>> = {
  '/license/commercialUse': 'commercial use',
  '/license/redistribution': 'passing it on',
  '/license/modification': 'changing it',
};

/** Words for voice, persona, license and the manifest itself. */
export const manifestDifferenceTexts = {
  'voice-added': (difference) => ({
    title: 'Voice added',
    what: `The avatar speaks with a voice of ${value(difference.after)}.`,
    why: `It had none. ${HEARD}`,
    fix: null,
  }),
  'voice-removed': (difference) => ({
    title: 'Voice removed',
    what: `The voice of ${value(difference.before)} is gone.`,
    why: 'The avatar would fall silent.',
    fix: 'Put the voice back into the manifest (voice.provider and voice.voiceId), then export again.',
  }),
  'voice-provider': (difference) => ({
    title: 'Voice comes from another provider',
    what: `The provider changed ${change(difference)}.`,
    why: `It sounds different, and the server needs a key for the new provider. ${HEARD}`,
    fix: null,
  }),
  'voice-id': (difference) => ({
    title: 'Another voice',
    what: `The voice changed ${change(difference)}.`,
    why: HEARD,
    fix: null,
  }),
  'voice-language': (difference) => ({
    title: 'Voice speaks another language',
    what: `Its language changed ${change(difference)}.`,
    why: HEARD,
    fix: null,
  }),
  'voice-tuning': (difference) => ({
    title: 'Voice is tuned differently',
    what: `${fieldOf(difference)} changed ${change(difference)}.`,
    why: HEARD,
    fix: null,
  }),
  'voice-sample': (difference) => ({
    title: 'Another voice sample',
    what: `The sample changed ${change(difference)}.`,
    why: 'Only the preview plays it.',
    fix: null,
  }),
  'persona-prompt': () => ({
    title: 'Persona text changed',
    what: 'What tells the avatar who it is reads differently.',
    why: 'It may answer in another way. Read the text before you make this version live.',
    fix: null,
  }),
  'persona-greeting': (difference) => ({
    title: 'Greeting changed',
    what: `It greets with ${value(difference.after)} instead of ${value(difference.before)}.`,
    why: 'It is the first thing that people hear.',
    fix: null,
  }),
  'persona-alternates': () => ({
    title: 'Other greetings changed',
    what: 'The list of alternative greetings is different.',
    why: 'Some people are greeted with other words.',
    fix: null,
  }),
  'persona-language': (difference) => ({
    title: 'Persona has another language',
    what: `Its language changed ${change(difference)}.`,
    why: 'The avatar may answer in another language.',
    fix: null,
  }),
  'licence-spdx': (difference) => ({
    title: 'Another license',
    what: `The license changed ${change(difference)}.`,
    why: 'Other terms hold for everybody who uses this version. Check that you may use it as you do.',
    fix: null,
  }),
  'licence-permission': (difference) => ({
    title: difference.verdict === 'harmless' ? 'License allows more' : 'License allows less',
    what: `For ${permissions[difference.pointer ?? ''] ?? 'one use'} it says ${value(difference.after)}; it said ${value(difference.before)}.`,
    why:
      difference.verdict === 'harmless'
        ? 'What was allowed stays allowed.'
        : 'What you do with the avatar today may no longer be allowed.',
    fix: null,
  }),
  'licence-attribution': (difference) => ({
    title: 'Other credits',
    what: `The credits changed ${change(difference)}.`,
    why: 'Where the avatar is shown, the new line has to be named.',
    fix: null,
  }),
  'licence-url': (difference) => ({
    title: 'License text lies elsewhere',
    what: `Its address changed ${change(difference)}.`,
    why: 'The terms are what the license says, wherever it lies.',
    fix: null,
  }),
  'licence-likeness': (difference) => ({
    title: 'Another statement about whose likeness it is',
    what: `It changed ${change(difference)}.`,
    why: 'It says whether a real person is shown and has agreed.',
    fix: null,
  }),
  'licence-provenance': (difference) => ({
    title: 'Other statement of origin',
    what: `${fieldOf(difference)} changed ${change(difference)}.`,
    why: 'It is a record for people; nothing draws it.',
    fix: null,
  }),
  'manifest-id': (difference) => ({
    title: 'Says it is another avatar',
    what: `The avatar’s own id changed ${change(difference)}.`,
    why: 'All versions of one avatar should carry one id. Check that this is the right file.',
    fix: null,
  }),
  'manifest-name': (difference) => ({
    title: 'Another name',
    what: `The bundle is called ${value(difference.after)}; it was called ${value(difference.before)}.`,
    why: 'It is shown where the bundle is opened by itself.',
    fix: null,
  }),
  'manifest-locale': (difference) => ({
    title: 'Made for another language',
    what: `The language changed ${change(difference)}.`,
    why: 'Speech and greetings may be in another language.',
    fix: null,
  }),
  'manifest-min-runtime': (difference) => ({
    title: 'Needs another runtime',
    what: `The oldest runtime that it asks for changed ${change(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'Today’s runtime is older: the version can be stored but not made live.'
        : 'Today’s runtime is new enough.',
    fix: fixIfBroken(difference, 'Export it for the runtime in use, or wait for the newer one.'),
  }),
  'manifest-extensions-required': (difference) => ({
    title: 'Requires other extensions',
    what: `The extensions without which it is wrong changed ${change(difference)}.`,
    why:
      difference.verdict === 'harmless'
        ? 'It needs fewer of them.'
        : 'The runtime has none of them and would refuse it.',
    fix: fixIfBroken(difference, 'Export the avatar without required extensions.'),
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
