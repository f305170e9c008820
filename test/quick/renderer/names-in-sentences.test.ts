/// <reference types="vite/client" />
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { commaList, isolate, sentence, withoutIsolates } from '../../../shared/lib/sentence.ts';

const NAME = 'מרה';

/** Each of its properties is the name. */
const anything: object = new Proxy({}, { get: (_, key) => (key === Symbol.toPrimitive ? () => NAME : NAME) });
/** What texts take, whatever they take it for. */
const ARGUMENTS: readonly unknown[] = [
  NAME,
  1,
  7,
  true,
  null,
  undefined,
  anything,
  [NAME],
  ['name'],
  { serverUrl: NAME, systemCode: NAME, problem: 'expired' },
  { serverUrl: NAME, proxy: NAME, problem: 'refuses', status: null },
  { where: 'name', rule: 'too_long', limit: 7 },
  { scope: 'project', file_bytes: 7, used_bytes: 7, quota_bytes: 7 },
  { findingCodes: [NAME] },
];

const PLURAL = '../../../shared/lib/plural.ts';

/** A count is not a name. */
const pluralOfCounts = {
  plural: (count: unknown, one: string, many: string) => {
    if (typeof count !== 'number') throw new TypeError('not a count');
    return `${count} ${count === 1 ? one : many}`;
  },
};

const tables = import.meta.glob<Record<string, unknown>>([
  '../../../renderer/**/*texts.en.ts',
  '../../../main/app/**/*texts.en.ts',
]);
let texts: readonly NamedText[];

// Other files of this process have loaded the tables with the plural of the application.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock(PLURAL, () => pluralOfCounts);
  const loaded = await Promise.all(Object.entries(tables).map(async ([path, load]) => [path, await load()] as const));
  texts = loaded.flatMap(([path, table]) =>
    Object.entries(table).flatMap(([key, value]) => textsIn(value, `${path.replace(/^[./]+/, '')} ${key}`)),
  );
});

afterAll(() => {
  vi.doUnmock(PLURAL);
  vi.resetModules();
});

interface NamedText {
  readonly path: string;
  readonly parameters: number;
  readonly say: (...values: readonly unknown[]) => unknown;
}

function textsIn(value: unknown, path: string): NamedText[] {
  if (typeof value === 'function') {
    return [{ path, parameters: value.length, say: (...values) => Reflect.apply(value, undefined, values) }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}

function argumentLists(count: number): readonly (readonly unknown[])[] {
  if (count === 0) return [[]];
  return argumentLists(count - 1).flatMap((rest) => ARGUMENTS.map((value) => [...rest, value]));
}

/** Null for arguments that the text does not take: of all these only some have the right type. */
function tryToSay({ say }: NamedText, values: readonly unknown[]): readonly string[] | null {
  try {
    return stringsIn(say(...values));
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value === anything) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** Whether the name is in it, beside other words, without an isolate around it. */
function turnsRound(text: string): boolean {
  let outside = text;
  while (/\u2068[^\u2068\u2069]*\u2069/.test(outside))
    outside = outside.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '');
  return outside.includes(NAME) && text !== NAME;
}

describe('a name from right to left', () => {
  test('does not turn round any text that it is put into', () => {
    const faults = texts.filter((text) =>
      argumentLists(text.parameters).some((values) => tryToSay(text, values)?.some(turnsRound)),
    );
    expect(faults.map(({ path }) => path)).toEqual([]);
    expect(texts.length).toBeGreaterThan(250);
  });

  test('is put into every text in this test', () => {
    const unsaid = texts.filter((text) =>
      argumentLists(text.parameters).every((values) => tryToSay(text, values) === null),
    );
    expect(unsaid.map(({ path }) => path)).toEqual([]);
  });
});

test('only names that need it are isolated, so that copied and searched texts are plain', () => {
  expect(sentence`${'Mara'} v${2} is live`).toBe('Mara v2 is live');
  expect(sentence`${'مارا'} v${2} is live`).toBe('\u2068مارا\u2069 v2 is live');
  expect(isolate('Zoë 三')).toBe('Zoë 三');
  expect(commaList(['Mara', null, 'מרה', ''])).toBe('Mara, \u2068מרה\u2069');
  expect(withoutIsolates(sentence`Make ${sentence`${'מרה'} v${2}`} live`)).toBe('Make מרה v2 live');
});
