import { type Draft, MANIFEST_INDEX, manifestOf, setManifest } from './draft.ts';
import type { Random } from './random.ts';

// Changes to the manifest's text or to single values in it. The archive around it stays valid.

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  67_108_865,
  '',
  'x',
  'x'.repeat(20_000),
  '../../x',
  'javascript:alert(1)',
  '\u202egnp.exe',
  '\u0007',
  'sk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  [],
  {},
  [[[[[[]]]]]],
  '2.0',
  '1.7',
  '9.0.0',
  'thumb',
  'face',
];

interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

function placesOf(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    places.push({ holder, key });
    placesOf(holder[key], places);
  }
  return places;
}

function changeValue(manifest: Record<string, unknown>, random: Random): void {
  const places = placesOf(manifest);
  const { holder, key } = random.pick(places);
  const target = holder as Record<string | number, unknown>;
  const other = random.pick(places);
  // A copy: a later change must not reach the list of values, or the value itself.
  const value = () => structuredClone(random.pick(VALUES));
  const roll = random.below(4);
  if (roll === 0) delete target[key];
  else if (roll === 1) target[key] = value();
  else if (roll === 2) target[key] = structuredClone((other.holder as Record<string | number, unknown>)[other.key]);
  else target[random.pick(['name', 'apiKey', 'constructor', '~a/b', 'id', 'url'])] = value();
}

/** Changes to the text that break it, or that are visible only to a scanner of the text. */
function changeText(text: string, random: Random): string {
  const at = random.below(text.length);
  return random.pick([
    () => `\ufeff${text}`,
    () => text.replace('{', '{"name":"twice",'),
    () => text.replace('{', '{"__proto__":{},'),
    () => text.replace('{', '{"n\\u0061me":1,'),
    () => text.slice(0, at),
    () => text.slice(0, at) + random.pick(['"', ',', '{', ']', '\\', '\0', '\\ud800', '1e', 'ü']) + text.slice(at),
    () => text + random.pick([' ', '\n', 'x', '\0', '{}']),
    () => text.replace('{', `{"deep":${'['.repeat(20)}${']'.repeat(20)},`),
    () => `[${text}]`,
  ])();
}

export function mutateManifest(draft: Draft, random: Random): void {
  if (random.chance(0.3)) {
    setManifest(draft, changeText(draft.entries[MANIFEST_INDEX]?.content.toString() ?? '', random));
    return;
  }
  const manifest = manifestOf(draft);
  for (let count = 1 + random.below(2); count > 0; count -= 1) changeValue(manifest, random);
  setManifest(draft, JSON.stringify(manifest));
}
