import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileLayout } from '../../../../../shared/domain/recipe/file-layout.ts';
import { decodeRecipe } from '../../../../../shared/domain/recipe/recipe.ts';
import { bytesSource } from '../../../../../shared/gab/byte-source.ts';
import { propertyRuns, testSeed as seed } from '../../../../support/property-runs.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../../fixtures/${name}`, import.meta.url));

describe('recipes', () => {
  const base = fixture('gab/minimal.gab');

  it(`lay out any damaged file in order, without overlaps and within its size (seed ${seed})`, async () => {
    const damage = fc.array(fc.tuple(fc.nat(base.byteLength - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(base.byteLength), async (changes, cut) => {
        const bytes = Buffer.from(base);
        for (const [at, value] of changes) bytes[at] = value;
        const file = bytes.subarray(0, cut);
        let free = 0;
        for (const piece of await readFileLayout(bytesSource(file))) {
          expect(piece.offset).toBeGreaterThanOrEqual(free);
          free = piece.offset + piece.sizeBytes;
        }
        expect(free).toBeLessThanOrEqual(file.byteLength);
      }),
      propertyRuns(400),
    );
  });

  it(`are decoded from random bytes only if the sizes add up (seed ${seed})`, () => {
    const property = fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(100_000), (bytes, sizeBytes) => {
      const decoded = decodeRecipe(bytes, sizeBytes);
      if (!decoded.ok) return;
      const pieceBytes = decoded.value.pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0);
      expect(pieceBytes + decoded.value.skeleton.byteLength).toBe(sizeBytes);
    });
    fc.assert(property, propertyRuns(500));
  });
});
