import { describe, expect, it } from 'vitest';
import { type GabCode, gabCodes } from '../../../../shared/gab/codes.ts';
import { inspectBundle } from '../../../../shared/gab/inspect-bundle.ts';
import type { GabFinding } from '../../../../shared/gab/report.ts';
import { buildBundle } from '../../../support/bundle-builder.ts';
import { assetCases } from '../../../support/bundle-cases/asset-cases.ts';
import { type CodeCase, withThumbnail } from '../../../support/bundle-cases/broken-bundles.ts';
import { contentCases } from '../../../support/bundle-cases/content-cases.ts';
import { entryCases } from '../../../support/bundle-cases/entry-cases.ts';
import { fileCases } from '../../../support/bundle-cases/file-cases.ts';
import { gltfCases } from '../../../support/bundle-cases/gltf-cases.ts';
import { manifestCases } from '../../../support/bundle-cases/manifest-cases.ts';
import { zipCases } from '../../../support/bundle-cases/zip-cases.ts';
import { codesOf, inspectBytes, testCodec } from '../../../support/inspect-bytes.ts';
import { makePng } from '../../../support/sample-assets.ts';
import { createWatch, watchedSource } from '../../../support/watched-source.ts';

// Files for each code, each with exactly one fault. Most of them are also in the samples; these
// show what is wrong.
const cases: Readonly<Record<string, readonly CodeCase[]>> = {
  ...fileCases,
  ...zipCases,
  ...entryCases,
  ...manifestCases,
  ...assetCases,
  ...contentCases,
  ...gltfCases,
};

/** Findings about the file as a whole, which have no entry; some of them have one in some cases. */
const WITHOUT_PATH =
  /^GAB_(?:E_(?:EXTENSION|FILE_\w+|OPAQUE|FOREIGN_ZIP|FORBIDDEN_TYPE|ZIP_(?:TRUNCATED|TRAILING_DATA|CENTRAL_DIR|ENTRY_COUNT|FEATURE|GAP)|MIMETYPE|SIZE_LIMIT|THUMBNAIL)|W_(?:OPAQUE|FOREIGN_ZIP)|I_ISSUES_TRUNCATED)$/;
/** Findings about a field of the manifest or of a model's JSON. */
const WITH_POINTER =
  /^GAB_(?:E_(?:MANIFEST_SCHEMA|VERSION_UNSUPPORTED|REQUIRED_EXTENSION|ASSET_(?:MISSING|SIZE|HASH|REF)|THUMBNAIL|GLB_(?:EXTERNAL_URI|PROPERTY|REFERENCE|NODES|BOUNDS|MISMATCH|DATA)|VRM)|W_(?:MANIFEST_UNKNOWN_FIELD|VERSION_NEWER|RUNTIME_TOO_OLD|GLB_(?:EXTENSION|DESCRIPTION|DATA)|MORPH_UNKNOWN|LICENSE_CONFLICT|TEXT_CONTROL|SECRET_SUSPECTED|VRM)|I_(?:ASSET_UNUSED|GLB_(?:FORMALITY|UNUSED)|PERSONA_UNTRUSTED))$/;

/** Every finding must have a place. */
function expectPlace({ code, path, pointer }: GabFinding): void {
  if (!WITHOUT_PATH.test(code)) expect(path, code).toBeDefined();
  if (WITH_POINTER.test(code)) expect(pointer, code).toMatch(/^(?:\/|$)/);
}

it('every code of the format has a test case', () => {
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
    for (const issue of report.issues) {
      expect(issue.severity).toBe(gabCodes[issue.code as GabCode].severity);
      expectPlace(issue);
    }
  });
});

describe('GAB_E_FILE_TOO_LARGE', () => {
  it('is reported without reading any byte of the file', async () => {
    const source = { size: 50 * 1024 * 1024 + 1, read: () => Promise.reject(new Error('must not be read')) };
    const report = await inspectBundle(source, { fileName: 'huge.gab', policy: 'lenient', codec: testCodec });
    expect(codesOf(report)).toEqual(['GAB_E_FILE_TOO_LARGE']);
    expect(report).toMatchObject({ container: 'unreadable', verdict: 'invalid', activatable: false });
  });

  it('is not reported for exactly 50 MiB, of which at most 1 MiB is in memory', async () => {
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
    const report = await inspectBytes(withThumbnail(makePng({ width, height })));
    expect(codesOf(report)).toEqual(['GAB_W_THUMBNAIL_SHAPE']);
  });
});
