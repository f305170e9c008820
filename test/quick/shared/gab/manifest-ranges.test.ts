import { describe, expect, it } from 'vitest';
import { buildManifest, portraitAsset, thumbnailAsset } from '../../../support/bundle-builder.ts';
import { withManifest } from '../../../support/bundle-cases/broken-bundles.ts';
import { codesOf, inspectBytes } from '../../../support/inspect-bytes.ts';

// Every range in section 3 of the format: a value at the limit is accepted, the next one is refused
// with the right pointer.

const text = (length: number) => 'x'.repeat(length);
const list = <Item>(length: number, item: Item) => Array.from({ length }, () => item);
const keys = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`vendor.k${index}`, value]));
const author = { name: 'A' };
const license = { spdx: 'MIT' };
const voice = { provider: 'azure' };
const shape = { image: 'face' };

interface Range {
  /** The place of the fault, as a JSON pointer. */
  readonly at: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  /** The manifest with this value. */
  readonly put: (value: unknown) => Record<string, unknown>;
}

const top = (field: string, good: readonly unknown[], bad: readonly unknown[]): Range => ({
  at: `/${field}`,
  good,
  bad,
  put: (value) => ({ [field]: value }),
});
const inside = (
  holder: string,
  [field, rest]: readonly [string, Record<string, unknown>],
  [good, bad]: readonly [readonly unknown[], readonly unknown[]],
): Range => ({ at: `/${holder}/${field}`, good, bad, put: (value) => ({ [holder]: { ...rest, [field]: value } }) });

const UUID = '5b1c8b0a-6f0e-4c57-9a44-0d2f7f8e1a08';
const TIMES = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123Z'];
const NOT_TIMES = ['2026-01-01T00:00:00+01:00', '2026-01-01', '2026-13-01T00:00:00Z', 1];
const LANGUAGES = ['en', 'pt-BR', 'zh-Hant-TW'];
const NOT_LANGUAGES = ['', 'e', 'en_US', 'en-', 7];

const ranges: readonly Range[] = [
  top('format', ['gab'], ['zip', undefined, null]),
  top('gabVersion', ['1.0'], ['1', '1.0.0', 1, undefined, '01.0']),
  top('minRuntime', ['0.9.0', '1.0.0', undefined], ['1.0', 'v1.0.0', 1]),
  top('id', [`urn:uuid:${UUID}`], [UUID, `urn:uuid:${UUID.toUpperCase()}`, '../../x', undefined]),
  top('version', ['1.0.0', '1.2.3-rc.1+b'], ['1.0', '1.0.0.0', '01.0.0', undefined]),
  top('name', ['x', text(80)], ['', text(81), undefined, 5]),
  top('description', ['', text(2000), undefined], [text(2001), 5]),
  top('authors', [[author], list(16, author)], [[], list(17, author), undefined, {}]),
  top('createdAt', TIMES, [...NOT_TIMES, undefined]),
  top('updatedAt', [...TIMES, undefined], NOT_TIMES),
  top('tags', [[], list(16, text(32))], [list(17, 'x'), 'x']),
  top('locale', [...LANGUAGES, undefined], NOT_LANGUAGES),
  top('thumbnail', ['thumb'], ['Thumb', '', text(65), undefined]),
  top('assets', [], [[], undefined, 'x', list(255, { id: 'a' })]),
  top('extensions', [{}, keys(64, 1)], [keys(65, 1), []]),
  top('extensionsRequired', [[], undefined], [list(65, 'a.b'), 'a.b']),
  top('animations', [{}, { idle: [] }], [[], keys(65, [])]),
  inside(
    'license',
    ['spdx', {}],
    [
      ['MIT', text(100)],
      ['', text(101), undefined],
    ],
  ),
  inside('license', ['url', license], [['https://x.example/'], ['javascript:alert(1)', 'x', 'file:///etc']]),
  inside('license', ['attribution', license], [['', text(500)], [text(501)]]),
  ...(['commercialUse', 'redistribution', 'modification'] as const).map((permission) =>
    inside(
      'license',
      [permission, license],
      [
        ['allowed', 'prohibited', 'unknown'],
        ['maybe', true],
      ],
    ),
  ),
  inside('provenance', ['likeness', {}], [['fictional', 'self', 'consented', 'public-domain', 'unknown'], ['me']]),
  inside('provenance', ['aiGenerated', {}], [[true, false], ['yes']]),
  inside(
    'provenance',
    ['tools', {}],
    [
      [[], list(32, 'x')],
      ['x', list(33, 'x')],
    ],
  ),
  inside('body', ['type', { main: 'face' }], [['portrait2d'], ['model', undefined]]),
  inside('body', ['rig', { type: 'portrait2d', main: 'face' }], [['mixamo', 'vrm', 'flame', 'other', 'none'], ['x']]),
  inside('body', ['form', { type: 'portrait2d', main: 'face' }], [['feminine', 'masculine', 'neutral'], ['x']]),
  inside('body', ['alternates', { type: 'portrait2d', main: 'face' }], [[[], list(16, 'face')], [list(17, 'face')]]),
  inside(
    'voice',
    ['provider', {}],
    [
      ['azure', 'none'],
      ['', 'Azure', undefined],
    ],
  ),
  inside('voice', ['language', voice], [LANGUAGES, NOT_LANGUAGES]),
  inside(
    'voice',
    ['rate', voice],
    [
      [0.25, 4],
      [0.24, 4.1, '1'],
    ],
  ),
  inside(
    'voice',
    ['pitch', voice],
    [
      [-20, 20],
      [-21, 21],
    ],
  ),
  inside(
    'voice',
    ['volume', voice],
    [
      [-96, 16],
      [-97, 17],
    ],
  ),
  inside('persona', ['systemPrompt', {}], [['', text(16_384)], [text(16_385)]]),
  inside('persona', ['greeting', {}], [['', text(2000)], [text(2001)]]),
  inside('persona', ['alternateGreetings', {}], [[[], list(8, 'x')], [list(9, 'x')]]),
  inside('persona', ['language', {}], [LANGUAGES, NOT_LANGUAGES]),
  inside(
    'generator',
    ['name', {}],
    [
      ['x', text(120)],
      ['', text(121), undefined],
    ],
  ),
  {
    at: '/authors/0/name',
    good: ['x', text(120)],
    bad: ['', text(121), undefined],
    put: (name) => ({ authors: [{ name }] }),
  },
  {
    at: '/tags/0',
    good: [text(32)],
    bad: ['', text(33)],
    put: (tag) => ({ tags: [tag] }),
  },
  {
    at: '/body/camera/view',
    good: ['full', 'mid', 'upper', 'head'],
    bad: ['x'],
    put: (view) => ({ body: { type: 'portrait2d', main: 'face', camera: { view } } }),
  },
  {
    at: '/animations/idle',
    good: [[]],
    bad: [list(17, 'x'), 'x'],
    put: (clips) => ({ animations: { idle: clips } }),
  },
  {
    at: '/face/visemes/set',
    good: ['oculus15'],
    bad: ['arkit', undefined],
    put: (set) => ({ face: { visemes: { set, map: {} } } }),
  },
  {
    at: '/face/visemes/map/aa',
    good: [[], list(16, shape)],
    bad: [list(17, shape), 'x'],
    put: (shapes) => ({ face: { visemes: { set: 'oculus15', map: { aa: shapes } } } }),
  },
  {
    at: '/face/expressions/happy/0',
    good: [shape, { morph: 'x', weight: 0 }, { morph: 'x', weight: 1 }],
    bad: [{}, { morph: 'x' }, { morph: 'x', weight: 1.1 }, { morph: 'x', weight: -0.1 }, { morph: '', weight: 1 }],
    put: (value) => ({ face: { expressions: { happy: [value] } } }),
  },
];

const thumbnail = thumbnailAsset();
const described = buildManifest({}, [thumbnail, portraitAsset()]).assets as Record<string, unknown>[];
const assetRanges = (
  [
    ['id', ['a', text(64)], ['', 'A', '-a', text(65), undefined]],
    ['kind', [], ['hair', '', undefined]],
    ['format', [], ['svg', 'html', undefined]],
    ['path', [], ['../x', '/x', 'a\\b', 'con.png', 'a b', text(181), undefined]],
    ['size', [], [-1, 0.5, '1', 64 * 1024 * 1024 + 1, undefined]],
    ['sha256', [], ['x', 'A'.repeat(64), text(63), undefined]],
    ['title', ['', text(120)], [text(121), 5]],
    ['coordinates', ['RUB', 'RDF'], ['XYZ']],
  ] as const
).map(
  ([field, good, bad]): Range => ({
    at: `/assets/2/${field}`,
    good,
    bad,
    put: (value) => ({ assets: [...described, { ...described[1], id: 'third', [field]: value }] }),
  }),
);

/** Only schema errors count, because these manifests list assets that don't exist. */
async function schemaFaults(manifest: Record<string, unknown>) {
  const report = await inspectBytes(withManifest(manifest));
  expect(codesOf(report)).not.toContain('GAB_E_MANIFEST_JSON');
  return report.issues.filter(({ code }) => code === 'GAB_E_MANIFEST_SCHEMA').map(({ pointer }) => pointer);
}

describe.each([...ranges, ...assetRanges])('$at', ({ at, good, bad, put }) => {
  it.each(good.map((value) => [JSON.stringify(value)?.slice(0, 60), value]))('accepts %s', async (_, value) => {
    const isOtherPath = at === '/assets/2/title' || at === '/assets/2/coordinates' || at === '/assets/2/id';
    // The third asset has the path of the second one, which is the only other fault.
    expect(await schemaFaults(put(value))).toEqual(isOtherPath ? ['/assets/2/path'] : []);
  });

  it.each(bad.map((value) => [JSON.stringify(value)?.slice(0, 60), value]))('refuses %s', async (_, value) => {
    const faults = await schemaFaults(put(value));
    expect(faults.some((pointer) => pointer === at || pointer?.startsWith(`${at}/`))).toBe(true);
  });
});
