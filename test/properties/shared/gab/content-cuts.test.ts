import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CutParameters } from '../../../../shared/gab/content-cuts.ts';
import { cutsOf, piecesOf } from '../../../support/content-cuts.ts';
import { propertyRuns, testSeed } from '../../../support/property-runs.ts';
import { noise } from '../../../support/sample-assets.ts';

const small: CutParameters = { minBytes: 64, averageBytes: 256, maxBytes: 1024 };

describe('content-defined cuts', () => {
  it(`divide all content into pieces within the size limits (seed ${testSeed})`, () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 20_000 }),
      fc.tuple(fc.nat(20_000), fc.nat(255)).map(([length, value]) => new Uint8Array(length).fill(value)),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const cuts = cutsOf(content, small);
        const sizes = cuts.map((cut, index) => cut - (cuts[index - 1] ?? 0));
        expect(cuts.at(-1) ?? 0).toBe(content.byteLength);
        for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(small.minBytes);
        for (const size of sizes) expect(size).toBeLessThanOrEqual(small.maxBytes);
      }),
      propertyRuns(),
    );
  });

  it(`are the same again after an edited part (seed ${testSeed})`, () => {
    const before = noise(400_000, 11);
    const edit = fc.record({
      at: fc.nat(before.byteLength),
      removed: fc.nat(300),
      added: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(edit, ({ at, removed, added }) => {
        const after = Buffer.concat([before.subarray(0, at), added, before.subarray(at + removed)]);
        const old = piecesOf(before, small);
        const fresh = [...piecesOf(after, small)].filter((piece) => !old.has(piece));
        // The edited pieces, and a few more until both versions are cut at the same place again.
        expect(fresh.length).toBeLessThanOrEqual(14);
      }),
      propertyRuns(60),
    );
  });
});
