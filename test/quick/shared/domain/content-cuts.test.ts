import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildGearTable,
  type CutParameters,
  createCutFinder,
  flushCuts,
  GEAR_VERSION,
} from '../../../../shared/domain/content-cuts.ts';
import { noise } from '../../../support/sample-assets.ts';
import { testSeed } from '../../../support/seed.ts';

const small: CutParameters = { minBytes: 64, averageBytes: 256, maxBytes: 1024 };

function cutsOf(bytes: Uint8Array, parameters: CutParameters): number[] {
  const findCut = createCutFinder(parameters);
  const cuts: number[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    at = findCut(bytes, at, bytes.byteLength);
    cuts.push(at);
  }
  return cuts;
}

function piecesOf(bytes: Uint8Array, parameters: CutParameters): Set<string> {
  const cuts = cutsOf(bytes, parameters);
  return new Set(
    cuts.map((cut, index) =>
      createHash('sha256')
        .update(bytes.subarray(cuts[index - 1] ?? 0, cut))
        .digest('hex'),
    ),
  );
}

describe('content-defined cuts', () => {
  it('have the table of their version: stored cuts of other programs depend on it', () => {
    const digest = createHash('sha256').update(Buffer.from(buildGearTable().buffer)).digest('hex');
    expect([GEAR_VERSION, digest]).toMatchInlineSnapshot(`
      [
        1,
        "b3c5c8dcbfe077e7cf0eefd32756161502bd427b15a624dea0bfbde70be26e66",
      ]
    `);
    expect(new Set(buildGearTable()).size).toBe(256);
  });

  it('of known bytes stay where they are', () => {
    expect(cutsOf(noise(200_000, 7), flushCuts)).toMatchInlineSnapshot(`
      [
        33760,
        66747,
        100259,
        150796,
        181790,
        200000,
      ]
    `);
  });

  it(`cover everything in pieces between the limits (seed ${testSeed})`, () => {
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
      { seed: testSeed },
    );
  });

  it.each([flushCuts, { minBytes: 4096, averageBytes: 16_384, maxBytes: 65_536 }])(
    'average what they say: %o',
    (parameters) => {
      const bytes = noise(16_000_000, 3);
      const average = bytes.byteLength / cutsOf(bytes, parameters).length;
      expect(average / parameters.averageBytes).toBeGreaterThan(0.9);
      expect(average / parameters.averageBytes).toBeLessThan(1.4);
    },
  );

  it(`come back after an edit (seed ${testSeed})`, () => {
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
        // The edited pieces, and the few it takes until both cut at the same place again.
        expect(fresh.length).toBeLessThanOrEqual(14);
      }),
      { seed: testSeed, numRuns: 60 },
    );
  });

  it('depend on the content alone, not on where it lies in a buffer', () => {
    const bytes = noise(300_000, 5);
    const findCut = createCutFinder(flushCuts);
    const shifted = Buffer.concat([noise(12_345, 6), bytes]);
    expect(findCut(shifted, 12_345, shifted.byteLength) - 12_345).toBe(findCut(bytes, 0, bytes.byteLength));
  });

  it.each([
    { minBytes: 64, averageBytes: 300, maxBytes: 1024 },
    { minBytes: 8, averageBytes: 256, maxBytes: 1024 },
    { minBytes: 512, averageBytes: 256, maxBytes: 1024 },
    { minBytes: 64, averageBytes: 256, maxBytes: 128 },
  ])('cannot be made of %o', (parameters) => {
    expect(() => createCutFinder(parameters)).toThrow(RangeError);
  });
});
