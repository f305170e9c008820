import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../../node/sha256.ts';
import { decodeChunks, encodeChunks } from '../../../../../shared/domain/recipe/chunk-list.ts';
import { propertyRuns, testSeed as seed } from '../../../../support/property-runs.ts';

describe('a chunk list', () => {
  it(`is decoded as it was encoded (seed ${seed})`, () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, (all) => {
        const chunks = all.map((sizeBytes) => ({ sizeBytes, sha256: sha256Hex(Buffer.from(String(sizeBytes))) }));
        const pieceBytes = all.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
        expect(decodeChunks(encodeChunks(chunks), pieceBytes)).toEqual({ ok: true, value: chunks });
        expect(decodeChunks(encodeChunks(chunks), pieceBytes + 1)).toEqual({ ok: false, failure: 'size' });
      }),
      propertyRuns(),
    );
  });
});
