import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectBundle } from '../../../../shared/gab/inspect-bundle.ts';
import { MAX_FINDINGS, MAX_TOTAL_BYTES } from '../../../../shared/gab/limits.ts';
import { readThumbnail } from '../../../../shared/gab/read-thumbnail.ts';
import { type GabPolicy, gabFindingSchema, gabPolicies } from '../../../../shared/gab/report.ts';
import { buildBundle } from '../../../support/bundle-builder.ts';
import { inspectBytes, testCodec } from '../../../support/inspect-bytes.ts';
import { propertyRuns, testSeed as seed } from '../../../support/property-runs.ts';
import { makeGlb, OCULUS_MORPHS } from '../../../support/sample-assets.ts';
import { createWatch, watchedCodec, watchedSource } from '../../../support/watched-source.ts';
import { mutateBytes } from '../../fuzz/byte-mutations.ts';
import { mutations } from './mutants.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/gab/${name}`, import.meta.url));

const bases = {
  'two stored pictures': fixture('minimal.gab'),
  'twelve entries': fixture('portrait-2d.gab'),
  'a deflated model': buildBundle({
    manifest: { body: { type: 'model3d', main: 'body' } },
    assets: [
      {
        id: 'body',
        kind: 'model',
        format: 'glb',
        path: 'model/body.glb',
        content: makeGlb({ morphs: OCULUS_MORPHS }),
        deflate: true,
      },
    ],
  }),
};

/** Reads hostile bytes and checks every guarantee of the reader. */
async function readWithinBounds(bytes: Uint8Array, policy: GabPolicy) {
  const watch = createWatch();
  const codec = watchedCodec(testCodec, watch);
  const report = await inspectBundle(watchedSource(bytes, watch), { fileName: 'mutant.gab', policy, codec });
  expect(watch.outside).toEqual([]);
  expect(watch.bytesInflated).toBeLessThanOrEqual(MAX_TOTAL_BYTES);
  // Head, tail, directory and entries, each read at most twice; local headers share small reads.
  expect(watch.bytesRead).toBeLessThanOrEqual(4 * bytes.byteLength + 300_000);
  expect(watch.reads).toBeLessThanOrEqual(2000);
  expect(report.issues.length).toBeLessThanOrEqual(MAX_FINDINGS);
  for (const issue of report.issues) gabFindingSchema.parse(issue);
  return report;
}

describe.each(Object.entries(bases))('a damaged bundle of %s', (_, base) => {
  it(`neither crashes nor misleads the reader (seed ${seed})`, { timeout: 120_000 }, async () => {
    const original = await inspectBytes(base);
    const property = fc.asyncProperty(mutations, fc.constantFrom(...gabPolicies), async (changes, policy) => {
      const report = await readWithinBounds(mutateBytes(base, changes), policy);
      // Accepted only if it still has the same meaning: every listed byte is hashed.
      if (report.verdict.startsWith('valid'))
        expect(report).toMatchObject({ digest: original.digest, manifest: original.manifest });
    });
    await fc.assert(property, propertyRuns(400));
  });

  it(`gives no thumbnail that is unsafe to decode (seed ${seed})`, async () => {
    const property = fc.asyncProperty(mutations, async (changes) => {
      const watch = createWatch();
      const thumbnail = await readThumbnail(watchedSource(mutateBytes(base, changes), watch));
      expect(watch.outside).toEqual([]);
      expect(Math.max(thumbnail?.width ?? 0, thumbnail?.height ?? 0)).toBeLessThanOrEqual(1024);
    });
    await fc.assert(property, propertyRuns(200));
  });

  it('is detected wherever it is truncated', async () => {
    const step = Math.max(1, Math.floor(base.byteLength / 150));
    for (let length = 0; length < base.byteLength; length += step) {
      const report = await readWithinBounds(base.subarray(0, length), 'lenient');
      expect(report.verdict, `cut to ${length} bytes`).not.toMatch(/^valid/);
    }
  });
});

describe('arbitrary bytes', () => {
  const heads = ['', 'PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', '<', '\x1f\x8b\x08'];

  it(`never crash the reader (seed ${seed})`, async () => {
    const bytes = fc.uint8Array({ maxLength: 3000 });
    const property = fc.asyncProperty(
      bytes,
      fc.constantFrom(...heads),
      fc.constantFrom(...gabPolicies),
      async (body, head, policy) => {
        const report = await readWithinBounds(Buffer.concat([Buffer.from(head, 'latin1'), body]), policy);
        expect(report.activatable).toBe(false);
      },
    );
    await fc.assert(property, propertyRuns(300));
  });

  it('a source shorter than its declared size gives a report, not an exception', async () => {
    const bytes = bases['two stored pictures'];
    for (const missing of [1, 100, 5000, bytes.byteLength]) {
      const shrunk = bytes.subarray(0, bytes.byteLength - missing);
      const source = {
        size: bytes.byteLength,
        read: (at: number, length: number) => Promise.resolve(shrunk.subarray(at, at + length)),
      };
      const report = await inspectBundle(source, { fileName: 'a.gab', policy: 'strict', codec: testCodec });
      expect(report).toMatchObject({ container: 'unreadable', verdict: 'invalid', activatable: false });
    }
  });

  it('a disk error rejects instead of being reported as a finding', async () => {
    const source = { size: 5000, read: () => Promise.reject(new Error('EIO')) };
    const inspection = inspectBundle(source, { fileName: 'a.gab', policy: 'strict', codec: testCodec });
    await expect(inspection).rejects.toThrow('EIO');
  });
});
