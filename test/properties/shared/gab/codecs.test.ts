import { crc32 as zlibCrc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32 } from '../../../../shared/gab/crc32.ts';
import { propertyRuns, testSeed as seed } from '../../../support/property-runs.ts';

it(`our CRC-32 matches zlib's, also when computed in pieces (seed ${seed})`, () => {
  const property = fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
    const pieces = crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)));
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    expect(pieces).toBe(zlibCrc32(bytes));
  });
  fc.assert(property, propertyRuns());
});
