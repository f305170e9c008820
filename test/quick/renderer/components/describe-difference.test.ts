import { describe, expect, test } from 'vitest';
import {
  comparisonAsText,
  describeNames,
  describePlace,
  describeValues,
  searchableText,
  summarizeComparison,
} from '../../../../renderer/components/describe-difference.ts';
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

describe('the values of a difference', () => {
  test.each([
    ['numbers with thousands separators', { before: 41_234, after: 58_999 }, '41,234', '58,999'],
    ['bytes as sizes', { area: 'size', code: 'size-total', before: 14_000_000, after: 512 }, '14.0 MB', '512 B'],
    ['booleans as yes and no', { before: true, after: false }, 'yes', 'no'],
    ['null as none', { before: null, after: 'vrm' }, 'none', 'vrm'],
  ] as const)('are shown on one line: %s', (_what, change, before, after) => {
    expect(describeValues(difference(change))).toMatchObject({ before, after, isShort: true });
  });

  test('are shown below each other if they are long or JSON', () => {
    const greeting = describeValues(difference({ before: 'Hello', after: 'Good day! What can I do for you?' }));
    expect(greeting).toMatchObject({ isShort: false });
    expect(describeValues(difference({ before: '{"view":"full"}', after: null }))).toMatchObject({ isShort: false });
  });

  test('are null if something was only added or removed', () => {
    expect(describeValues(difference({ after: 1200 }))).toBeNull();
  });
});

test('describeNames counts the names that are left out', () => {
  expect(describeNames(renamed)).toBe('viseme_aa → Head_viseme_aa, viseme_E → Head_viseme_E and 12 more');
  expect(describeNames(difference({ names: ['aa'] }))).toBe('aa');
  expect(describeNames(difference({}))).toBeNull();
});

test('describePlace returns the entry, or the field of the manifest', () => {
  expect(describePlace(renamed)).toBe('model/body.glb');
  expect(describePlace(note)).toBe('manifest.json at /description');
  expect(describePlace(difference({}))).toBeNull();
});

describe('a comparison', () => {
  const comparison = { verdict: 'breaks-runtime', differences: [note, renamed] } as const;

  test('counts only the differences of its verdict in the summary', () => {
    const broken = { ...comparison, differences: [...comparison.differences] };
    expect(summarizeComparison(broken)).toBe('1 feature that works now will stop working.');
    expect(summarizeComparison({ verdict: 'same', differences: [] })).toBe('All files and settings are identical.');
  });

  test('is copied as text with all details, the worst difference first', () => {
    const text = comparisonAsText('Mara v6 → v7', { ...comparison, differences: [...comparison.differences] });
    expect(text.startsWith('Mara v6 → v7\n\nBreaking changes. ')).toBe(true);
    expect(text.indexOf('morphs-renamed')).toBeLessThan(text.indexOf('manifest-field'));
    expect(text).toContain('Names: viseme_aa → Head_viseme_aa, viseme_E → Head_viseme_E and 12 more');
    expect(text).toContain('Where: model/body.glb');
    expect(text).not.toContain('Visible changes (');
  });

  test('is found by the texts that are shown', () => {
    expect(searchableText(renamed)).toContain('Morph targets renamed');
  });
});
