import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../../node/sha256.ts';
import { chunkCuts, cutChunks, decodeChunks } from '../../../../../shared/domain/recipe/chunk-list.ts';
import { noise } from '../../../../support/sample-assets.ts';

const MEBIBYTE = 1024 * 1024;

describe('chunks of a piece', () => {
  const piece = noise(2 * MEBIBYTE);

  it('add up to the piece and respect the size limits', () => {
    const chunks = cutChunks(piece, sha256Hex);
    expect(chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(piece.byteLength);
    for (const { sizeBytes } of chunks.slice(0, -1)) {
      expect(sizeBytes).toBeGreaterThanOrEqual(chunkCuts.minBytes);
      expect(sizeBytes).toBeLessThanOrEqual(chunkCuts.maxBytes);
    }
    const averageBytes = piece.byteLength / chunks.length;
    expect(averageBytes).toBeGreaterThan(chunkCuts.averageBytes / 2);
    expect(averageBytes).toBeLessThan(chunkCuts.averageBytes * 2);
  });

  it('change only around an insertion in the middle', () => {
    const before = new Set(cutChunks(piece, sha256Hex).map((chunk) => chunk.sha256));
    const edited = Buffer.concat([piece.subarray(0, MEBIBYTE), Buffer.from('inserted'), piece.subarray(MEBIBYTE)]);
    const fresh = cutChunks(edited, sha256Hex).filter((chunk) => !before.has(chunk.sha256));
    expect(fresh.length).toBeGreaterThan(0);
    expect(fresh.length).toBeLessThanOrEqual(3);
  });

  it('do not exist for an empty piece', () => {
    expect(cutChunks(new Uint8Array(), sha256Hex)).toEqual([]);
  });
});

describe('a chunk list', () => {
  it.each([
    ['truncated', new Uint8Array()],
    ['truncated', new Uint8Array(20)],
    ['version', new Uint8Array(37).fill(200, 0, 1)],
    ['empty-chunk', new Uint8Array(37).fill(1, 0, 1)],
  ])('that is %s is refused', (fault, bytes) => {
    expect(decodeChunks(bytes, 10)).toEqual({ ok: false, failure: fault });
  });

  it('longer than any piece needs is refused', () => {
    expect(decodeChunks(new Uint8Array(1_000_000), 10)).toEqual({ ok: false, failure: 'too-long' });
  });
});
