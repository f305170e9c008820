import { describe, expect, it } from 'vitest';
import { type GabCode, gabCodes } from '../../../../shared/gab/codes.ts';
import { inspectBundle } from '../../../../shared/gab/inspect-bundle.ts';
import {
  buildBundle,
  bundleEntries,
  describeAsset,
  portraitAsset,
  thumbnailAsset,
} from '../../../support/bundle-builder.ts';
import { codesOf, inspectBytes, testCodec } from '../../../support/inspect-bytes.ts';
import { makePng } from '../../../support/sample-assets.ts';
import { createWatch, watchedSource } from '../../../support/watched-source.ts';
import { buildZip } from '../../../support/zip-builder.ts';
import { assetCases } from './cases/asset-cases.ts';
import type { CodeCase } from './cases/broken-bundles.ts';
import { contentCases } from './cases/content-cases.ts';
import { entryCases } from './cases/entry-cases.ts';
import { fileCases } from './cases/file-cases.ts';
import { manifestCases } from './cases/manifest-cases.ts';
import { zipCases } from './cases/zip-cases.ts';

// Files for each code, wrong in exactly one way. The samples hold most of these too; here it is seen what is wrong.
const cases: Readonly<Record<string, readonly CodeCase[]>> = {
  ...fileCases,
  ...zipCases,
  ...entryCases,
  ...manifestCases,
  ...assetCases,
  ...contentCases,
};

it('every code of the format has a case', () => {
  const testedBelow = ['GAB_E_FILE_TOO_LARGE', 'GAB_W_THUMBNAIL_SHAPE'];
  expect([...Object.keys(cases), ...testedBelow].toSorted()).toEqual(Object.keys(gabCodes).toSorted());
});

describe.each(Object.entries(cases))('%s', (_, casesOfCode) => {
  it.each(casesOfCode)('$how', async ({ bytes, codes, policy, fileName }) => {
    const report = await inspectBytes(bytes(), {
      ...(policy && { policy }),
      ...(fileName !== undefined && { fileName }),
    });
    expect(codesOf(report)).toEqual(codes.toSorted());
    for (const issue of report.issues) expect(issue.severity).toBe(gabCodes[issue.code as GabCode].severity);
  });
});

describe('GAB_E_FILE_TOO_LARGE', () => {
  it('stops at once: not one byte of the file is read', async () => {
    const source = { size: 50 * 1024 * 1024 + 1, read: () => Promise.reject(new Error('must not be read')) };
    const report = await inspectBundle(source, { fileName: 'huge.gab', policy: 'lenient', codec: testCodec });
    expect(codesOf(report)).toEqual(['GAB_E_FILE_TOO_LARGE']);
    expect(report).toMatchObject({ container: 'unreadable', verdict: 'invalid', activatable: false });
  });

  it('accepts exactly 50 MiB, and never holds more than 1 MiB of it', async () => {
    const watch = createWatch();
    const source = watchedSource(buildBundle({ sizeBytes: 50 * 1024 * 1024 }), watch);
    const report = await inspectBundle(source, { fileName: 'large.gab', policy: 'strict', codec: testCodec });
    expect(watch.largestRead).toBeLessThanOrEqual(1024 * 1024);
    expect(codesOf(report)).toEqual(['GAB_I_ASSET_UNUSED']);
    expect(report.verdict).toBe('valid');
  });
});

describe('GAB_W_THUMBNAIL_SHAPE', () => {
  it.each([
    [512, 300],
    [100, 100],
  ])('%i x %i', async (width, height) => {
    const [mimetype, , , face] = bundleEntries({});
    const thumb = { ...thumbnailAsset(), content: makePng({ width, height }) };
    const [, manifest] = bundleEntries({
      manifest: { assets: [describeAsset(thumb), describeAsset(portraitAsset())] },
    });
    const entries = [mimetype, manifest, { name: 'thumbnail.png', content: thumb.content }, face];
    const report = await inspectBytes(buildZip(entries.flatMap((entry) => entry ?? [])));
    expect(codesOf(report)).toEqual(['GAB_W_THUMBNAIL_SHAPE']);
  });
});
