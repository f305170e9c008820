import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../node/sha256.ts';
import { buildGearTable, createCutFinder, flushCuts, GEAR_VERSION } from '../../../../shared/gab/content-cuts.ts';
import { cutsOf } from '../../../support/content-cuts.ts';
import { noise } from '../../../support/sample-assets.ts';

describe('content-defined cuts', () => {
  it('use the table of their version, because stored cuts depend on it', () => {
    const digest = sha256Hex(Buffer.from(buildGearTable().buffer));
    expect([GEAR_VERSION, digest]).toMatchInlineSnapshot(`
      [
        1,
        "b3c5c8dcbfe077e7cf0eefd32756161502bd427b15a624dea0bfbde70be26e66",
      ]
    `);
    expect(new Set(buildGearTable()).size).toBe(256);
  });

  it('stay in the same places for known bytes', () => {
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

  it.each([flushCuts, { minBytes: 4096, averageBytes: 16_384, maxBytes: 65_536 }])(
    'have the average size %o',
    (parameters) => {
      const bytes = noise(16_000_000, 3);
      const average = bytes.byteLength / cutsOf(bytes, parameters).length;
      expect(average / parameters.averageBytes).toBeGreaterThan(0.9);
      expect(average / parameters.averageBytes).toBeLessThan(1.4);
    },
  );

  it('depend only on the content, not on its position in a buffer', () => {
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
  ])('cannot be made with %o', (parameters) => {
    expect(() => createCutFinder(parameters)).toThrow(RangeError);
  });
});
