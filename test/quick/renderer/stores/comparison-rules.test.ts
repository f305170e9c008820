import { describe, expect, test } from 'vitest';
import {
  areasIn,
  countByVerdict,
  filterDifferences,
  groupByArea,
  isSameBundle,
  NO_FILTER,
} from '../../../../renderer/stores/comparison/comparison-rules.ts';
import type { Difference } from '../../../../shared/gab/compare/comparison.ts';
import { breakingDifferences } from '../../../../shared/gab/compare/project-needs.ts';
import { newVersionUuid } from '../../../support/uuids.ts';

const lipSync: Difference = {
  code: 'visemes-lost',
  verdict: 'breaks-runtime',
  area: 'face',
  path: 'model/body.glb',
  names: ['viseme_aa', 'viseme_E'],
};
const renamed: Difference = { code: 'morphs-renamed', verdict: 'visible', area: 'face' };
const note: Difference = { code: 'manifest-field', verdict: 'harmless', area: 'manifest', pointer: '/description' };
const greeting: Difference = {
  code: 'persona-greeting',
  verdict: 'visible',
  area: 'persona',
  before: 'Hello',
  after: 'Grüezi',
};
const all = [lipSync, renamed, greeting, note];
const sentenceOf = (difference: Difference): string => (difference === note ? 'The description was changed' : '');
const filtered = (change: Partial<typeof NO_FILTER>): Difference[] =>
  filterDifferences(all, { ...NO_FILTER, ...change }, sentenceOf);

describe('filtering differences', () => {
  test('no filter shows all differences in their order', () => {
    expect(filtered({})).toEqual(all);
  });

  test('filters by verdict and area together', () => {
    expect(filtered({ verdict: 'visible' })).toEqual([renamed, greeting]);
    expect(filtered({ verdict: 'visible', area: 'face' })).toEqual([renamed]);
    expect(filtered({ verdict: 'harmless', area: 'face' })).toEqual([]);
  });

  test.each([
    ['a name in it', 'VISEME_e', [lipSync]],
    ['its file', 'body.glb', [lipSync]],
    ['its code', 'morphs-renamed', [renamed]],
    ['its sentence', 'description changed', [note]],
    ['a value in it, whatever the composition of its letters', 'gru\u0308ezi', [greeting]],
    ['an empty query', '  ', all],
    ['a word that occurs nowhere', 'elbow', []],
  ])('finds a difference by %s', (_by, query, expected) => {
    expect(filtered({ query })).toEqual(expected);
  });
});

describe('grouping and counting differences', () => {
  test('one group per area, both sorted by severity', () => {
    const groups = groupByArea([note, renamed, greeting, lipSync]);
    expect(groups).toEqual([
      { area: 'face', differences: [lipSync, renamed] },
      { area: 'persona', differences: [greeting] },
      { area: 'manifest', differences: [note] },
    ]);
  });

  test('an area with a breaking difference comes first, whatever the order of areas', () => {
    const body: Difference = { code: 'body-form', verdict: 'harmless', area: 'body' };
    expect(groupByArea([body, lipSync]).map(({ area }) => area)).toEqual(['face', 'body']);
  });

  test('counts every verdict, including those without differences', () => {
    expect(countByVerdict(all)).toEqual({ 'breaks-runtime': 1, visible: 2, harmless: 1 });
    expect(countByVerdict([])).toEqual({ 'breaks-runtime': 0, visible: 0, harmless: 0 });
    expect(breakingDifferences(all, { isSameAvatar: true })).toEqual([lipSync]);
  });

  test('lists only areas that have differences', () => {
    expect(areasIn(all)).toEqual([
      { area: 'face', count: 2 },
      { area: 'persona', count: 1 },
      { area: 'manifest', count: 1 },
    ]);
  });
});

test('a version and a staged file are never the same bundle, whatever their ids', () => {
  const id = newVersionUuid();
  expect(isSameBundle({ kind: 'version', versionUuid: id }, { kind: 'version', versionUuid: id })).toBe(true);
  expect(isSameBundle({ kind: 'version', versionUuid: id }, { kind: 'version', versionUuid: newVersionUuid() })).toBe(
    false,
  );
  expect(isSameBundle({ kind: 'version', versionUuid: id }, { kind: 'staged', stageId: id })).toBe(false);
});
