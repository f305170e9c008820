import { describe, expect, it } from 'vitest';
import { compareBundles } from '../../../../../shared/gab/compare/compare-bundles.ts';
import { type DifferenceCode, differenceCodes } from '../../../../../shared/gab/compare/difference-codes.ts';
import { explainDifference } from '../../../../../shared/gab/compare/explain-difference.ts';
import { bundleSummary, thumbnail } from '../../../../support/summaries.ts';
import { comparisonCases, visemes } from './comparison-cases.ts';

describe('compareBundles', () => {
  it.each(comparisonCases)('finds $title', ({ before, after, finds }) => {
    const { differences, verdict } = compareBundles(
      bundleSummary({ modelVersion: '1', ...before }),
      bundleSummary({ modelVersion: before?.model || after?.model ? '2' : '1', ...after }),
    );
    const found = differences.map(({ code, verdict: one }) => `${code} ${one}`);
    expect(found.toSorted()).toEqual(finds.map((expected) => expected.join(' ')).toSorted());
    expect(verdict).toBe(differences[0]?.verdict);
    for (const one of differences) expect(one.area).toBe(differenceCodes[one.code as DifferenceCode]);
  });

  it('describes 31 renamed morphs in one sentence with examples', () => {
    const morphs = Array.from({ length: 31 }, (_, index) => `viseme_${index}`);
    const { differences } = compareBundles(
      bundleSummary({ model: { morphs }, modelVersion: '1', ...visemes('names', 'aa') }),
      bundleSummary({ model: { morphs: morphs.map((name) => `Head_${name}`) }, modelVersion: '2' }),
    );
    const renamed = differences.find(({ code }) => code === 'morphs-renamed');
    expect(renamed?.names).toHaveLength(31);
    if (!renamed) throw new Error('not found');
    expect(explainDifference(renamed)).toMatchObject({
      what: '31 morph targets renamed: “viseme_0 → Head_viseme_0”, “viseme_1 → Head_viseme_1”, “viseme_10 → Head_viseme_10” and 28 more.',
      why: "The runtime looks for the old names, so lip-sync won't work.",
    });
  });

  it('counts names after the fiftieth, and never shows control characters', () => {
    const morphs = Array.from({ length: 80 }, (_, index) => `m${index}\u202e`);
    const { differences } = compareBundles(
      bundleSummary({ model: { morphs }, modelVersion: '1' }),
      bundleSummary({ model: { morphs: [] }, modelVersion: '2' }),
    );
    const removed = differences.find(({ code }) => code === 'morphs-removed');
    expect(removed).toMatchObject({ more: 30 });
    expect(removed?.names).toHaveLength(50);
    expect(removed?.names?.join('')).not.toContain('\u202e');
  });

  it('follows an asset that moved, was renamed or changed its format', () => {
    const before = bundleSummary();
    const moved = { ...thumbnail, id: 'picture', path: 'thumbnail.webp', format: 'webp', sha256: 'f'.repeat(64) };
    const after = { ...before, digest: 'gab1:other', manifest: { ...before.manifest, thumbnail: 'picture' } };
    const { differences } = compareBundles(before, { ...after, assets: [moved, ...before.assets.slice(1)] });
    expect(differences.map(({ code }) => code)).toEqual(['asset-changed', 'asset-moved']);
    expect(differences[1]).toMatchObject({
      before: 'thumbnail.png',
      after: 'thumbnail.webp',
      names: ['thumb → picture'],
    });
  });

  it('finds only a different size for two archives with the same content', () => {
    const one = bundleSummary();
    expect(compareBundles(one, { ...one, sizeBytes: 21_000 })).toEqual({
      verdict: 'harmless',
      differences: [{ code: 'size-total', verdict: 'harmless', area: 'size', before: 20_000, after: 21_000 }],
    });
  });

  it('describes unknown codes', () => {
    const text = explainDifference({ code: 'toString', verdict: 'visible', area: 'model', before: 1, after: null });
    expect(text).toMatchObject({
      title: 'Something else changed (toString)',
      what: 'It changed from 1 to none.',
      fix: null,
    });
  });
});
