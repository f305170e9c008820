import { objectAt, textAt, type Untyped } from '../content/untyped.ts';
import { toPointer } from '../json/json-pointer.ts';
import { RUNTIME_VERSION } from '../limits.ts';
import { isNewerVersion } from '../manifest/read-manifest.ts';
import type { DifferenceVerdict } from './comparison.ts';
import type { DifferenceCode } from './difference-codes.ts';
import type { DifferenceList } from './difference-list.ts';
import { canonical, type Sides } from './sides.ts';

export function compareManifests(sides: Sides, list: DifferenceList): void {
  const [before, after] = [sides.before.manifest, sides.after.manifest];
  for (const part of parts) comparePart(part, objectOf(before, part), objectOf(after, part), list);
  compareVoice(sides, list);
  compareLicense(objectAt(before, 'license'), objectAt(after, 'license'), list);
  compareRuntime(textAt(before, 'minRuntime') ?? '1.0.0', textAt(after, 'minRuntime') ?? '1.0.0', list);
}

/** Fields of one object of the manifest that are only compared for equality. */
interface Part {
  /** Absent for the manifest itself. */
  readonly key?: string;
  readonly fields: Readonly<Record<string, readonly [DifferenceCode, DifferenceVerdict]>>;
  /** Fields with their own comparison. */
  readonly elsewhere: readonly string[];
  /** Code and verdict for all other fields, including unknown ones. */
  readonly others: readonly [DifferenceCode, DifferenceVerdict];
}

const OTHERS = ['manifest-field', 'harmless'] as const;

const parts: readonly Part[] = [
  {
    fields: {
      id: ['manifest-id', 'visible'],
      name: ['manifest-name', 'visible'],
      locale: ['manifest-locale', 'visible'],
      extensionsRequired: ['manifest-extensions-required', 'breaks-runtime'],
    },
    elsewhere: 'minRuntime license provenance body face animations voice persona assets thumbnail'.split(' '),
    others: OTHERS,
  },
  {
    key: 'license',
    fields: {
      spdx: ['licence-spdx', 'visible'],
      attribution: ['licence-attribution', 'visible'],
      url: ['licence-url', 'harmless'],
    },
    elsewhere: ['commercialUse', 'redistribution', 'modification'],
    others: OTHERS,
  },
  {
    key: 'provenance',
    fields: { likeness: ['licence-likeness', 'visible'] },
    elsewhere: [],
    others: ['licence-provenance', 'harmless'],
  },
  {
    key: 'voice',
    fields: {
      voiceId: ['voice-id', 'visible'],
      language: ['voice-language', 'visible'],
      rate: ['voice-tuning', 'visible'],
      pitch: ['voice-tuning', 'visible'],
      volume: ['voice-tuning', 'visible'],
    },
    elsewhere: ['provider', 'sample'],
    others: OTHERS,
  },
  {
    key: 'persona',
    fields: {
      systemPrompt: ['persona-prompt', 'visible'],
      greeting: ['persona-greeting', 'visible'],
      alternateGreetings: ['persona-alternates', 'visible'],
      language: ['persona-language', 'visible'],
    },
    elsewhere: [],
    others: OTHERS,
  },
  {
    key: 'body',
    fields: {},
    elsewhere: 'type main fallback alternates rig form camera binding'.split(' '),
    others: OTHERS,
  },
  { key: 'face', fields: {}, elsewhere: ['visemes', 'expressions'], others: OTHERS },
];

function objectOf(manifest: Untyped, { key }: Part): Untyped {
  return key === undefined ? manifest : objectAt(manifest, key);
}

function comparePart(part: Part, before: Untyped, after: Untyped, list: DifferenceList): void {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const field of fields) {
    if (part.elsewhere.includes(field) || canonical(before[field]) === canonical(after[field])) continue;
    const listed = Object.hasOwn(part.fields, field) ? part.fields[field] : undefined;
    const [code, verdict] = listed ?? part.others;
    const pointer = toPointer(part.key === undefined ? [field] : [part.key, field]);
    const isRelief = code === 'manifest-extensions-required' && countOf(after[field]) < countOf(before[field]);
    list.add(code, isRelief ? 'harmless' : verdict, { pointer, before: before[field], after: after[field] });
  }
}

const countOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

/** The provider `none` means that there is no voice. */
function compareVoice({ before, after, newId }: Sides, list: DifferenceList): void {
  const [voice, newVoice] = [objectAt(before.manifest, 'voice'), objectAt(after.manifest, 'voice')];
  const [provider, newProvider] = [voice, newVoice].map((one) => textAt(one, 'provider') ?? 'none');
  const details = { pointer: '/voice/provider', before: provider, after: newProvider };
  if (provider === newProvider) compareSample(textAt(voice, 'sample'), textAt(newVoice, 'sample'), { newId, list });
  else if (newProvider === 'none') list.add('voice-removed', 'breaks-runtime', details);
  else if (provider === 'none') list.add('voice-added', 'visible', details);
  else list.add('voice-provider', 'visible', details);
}

interface SampleContext {
  readonly newId: Sides['newId'];
  readonly list: DifferenceList;
}

function compareSample(
  sample: string | undefined,
  newSample: string | undefined,
  { newId, list }: SampleContext,
): void {
  if ((sample && newId(sample)) === newSample) return;
  list.add('voice-sample', 'harmless', { pointer: '/voice/sample', before: sample, after: newSample });
}

/** From allowed to prohibited; an absent permission means that one has to ask. */
const strictness = ['allowed', 'unknown', 'prohibited'];

function compareLicense(before: Untyped, after: Untyped, list: DifferenceList): void {
  for (const permission of ['commercialUse', 'redistribution', 'modification']) {
    const [answer, newAnswer] = [before, after].map((license) => textAt(license, permission) ?? 'unknown');
    if (answer === newAnswer || answer === undefined || newAnswer === undefined) continue;
    const isStricter = strictness.indexOf(newAnswer) > strictness.indexOf(answer);
    list.add('licence-permission', isStricter ? 'visible' : 'harmless', {
      pointer: `/license/${permission}`,
      before: answer,
      after: newAnswer,
    });
  }
}

function compareRuntime(before: string, after: string, list: DifferenceList): void {
  if (before === after) return;
  const verdict = isNewerVersion(after, RUNTIME_VERSION) ? 'breaks-runtime' : 'harmless';
  list.add('manifest-min-runtime', verdict, { pointer: '/minRuntime', before, after });
}
