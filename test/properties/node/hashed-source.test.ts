import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { hashedBytes } from '../../support/hashed-bytes.ts';
import { propertyRuns, testSeed as seed } from '../../support/property-runs.ts';
import { noise } from '../../support/sample-assets.ts';

describe('HashedSource', () => {
  it(`has the hash of the file whatever is read into one buffer in any order (seed ${seed})`, async () => {
    const file = noise(20_000);
    const reads = fc.array(fc.record({ offset: fc.nat(21_000), length: fc.integer({ min: 1, max: 6000 }) }));
    const property = fc.asyncProperty(reads, async (wanted) => {
      const source = hashedBytes(file);
      const buffer = new Uint8Array(6000);
      for (const { offset, length } of wanted) {
        const filled = await source.readInto(offset, buffer.subarray(0, length));
        expect(Buffer.from(buffer.subarray(0, filled)).equals(file.subarray(offset, offset + length))).toBe(true);
      }
      expect(await source.finish(50_000)).toEqual({ sha256: sha256Hex(file), sizeBytes: file.byteLength });
    });
    await fc.assert(property, propertyRuns(200));
  });
});
