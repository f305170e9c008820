import { describe, expect, test } from 'vitest';
import {
  comparisonAsText,
  namesOf,
  placeOf,
  summarise,
  valuesOf,
  wordsOf,
} from '../../../../renderer/components/difference-words.ts';
import type { Difference } from '../../../../shared/gab/compare/comparison.ts';

const difference = (change: Partial<Difference>): Difference => ({
  code: 'model-triangles',
  verdict: 'visible',
  area: 'model',
  ...change,
});
const renamed = difference({
  code: 'morphs-renamed',
  verdict: 'breaks-runtime',
  area: 'face',
  path: 'model/body.glb',
  names: ['viseme_aa → Head_viseme_aa', 'viseme_E → Head_viseme_E'],
  more: 12,
});
const note = difference({ code: 'manifest-field', verdict: 'harmless', area: 'manifest', pointer: '/description' });

describe('values before and after', () => {
  test.each([
    ['numbers with their thousands', { before: 41_234, after: 58_999 }, '41,234', '58,999'],
    ['bytes as sizes', { area: 'size', code: 'size-total', before: 14_000_000, after: 512 }, '14.0 MB', '512 B'],
    ['truth as yes and no', { before: true, after: false }, 'yes', 'no'],
    ['nothing as none', { before: null, after: 'vrm' }, 'none', 'vrm'],
  ] as const)('%s', (_what, change, before, after) => {
    expect(valuesOf(difference(change))).toMatchObject({ before, after, isShort: true });
  });

  test('long ones and JSON are read under each other', () => {
    const greeting = valuesOf(difference({ before: 'Hello', after: 'Good day! What can I do for you?' }));
    expect(greeting).toMatchObject({ isShort: false });
    expect(valuesOf(difference({ before: '{"view":"full"}', after: null }))).toMatchObject({ isShort: false });
  });

  test('none where something came or went', () => {
    expect(valuesOf(difference({ after: 1200 }))).toBeNull();
  });
});

test('names tell how many more there are', () => {
  expect(namesOf(renamed)).toBe('viseme_aa → Head_viseme_aa, viseme_E → Head_viseme_E and 12 more');
  expect(namesOf(difference({ names: ['aa'] }))).toBe('aa');
  expect(namesOf(difference({}))).toBeNull();
});

test('the place is the entry, or the field of the manifest', () => {
  expect(placeOf(renamed)).toBe('model/body.glb');
  expect(placeOf(note)).toBe('manifest.json at /description');
  expect(placeOf(difference({}))).toBeNull();
});

describe('the whole comparison', () => {
  const comparison = { verdict: 'breaks-runtime', differences: [note, renamed] } as const;

  test('counts in its sentence only what the verdict is about', () => {
    const broken = { ...comparison, differences: [...comparison.differences] };
    expect(summarise(broken)).toBe('1 thing that worked before would stop working.');
    expect(summarise({ verdict: 'same', differences: [] })).toBe('Every file and every setting in them is the same.');
  });

  test('as text has everything, the worst first', () => {
    const text = comparisonAsText('Mara v6 → v7', { ...comparison, differences: [...comparison.differences] });
    expect(text.startsWith('Mara v6 → v7\n\nBreaks the runtime. ')).toBe(true);
    expect(text.indexOf('morphs-renamed')).toBeLessThan(text.indexOf('manifest-field'));
    expect(text).toContain('Names: viseme_aa → Head_viseme_aa, viseme_E → Head_viseme_E and 12 more');
    expect(text).toContain('Where: model/body.glb');
    expect(text).not.toContain('Visible (');
  });

  test('is found by the words that are shown', () => {
    expect(wordsOf(renamed)).toContain('Morph targets renamed');
  });
});
