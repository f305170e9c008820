import { describe, expect, it } from 'vitest';
import { HashedSource } from '../../../node/hashed-source.ts';
import { sha256Hex } from '../../../node/sha256.ts';
import { noise } from '../../support/sample-assets.ts';

function sourceOver(bytes: Uint8Array) {
  const readInto = (offset: number, target: Uint8Array) => {
    const piece = bytes.subarray(offset, offset + target.byteLength);
    target.set(piece);
    return Promise.resolve(piece.byteLength);
  };
  const read = (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length));
  return new HashedSource({ size: bytes.byteLength, read, readInto });
}

describe('HashedSource', () => {
  it('of an empty file is the hash of nothing', async () => {
    expect(await sourceOver(new Uint8Array()).finish(10)).toEqual({
      sha256: sha256Hex(new Uint8Array()),
      sizeBytes: 0,
    });
  });

  it('stops soon after the limit', async () => {
    const { sizeBytes } = await sourceOver(noise(5 * 1024 * 1024)).finish(1024 * 1024);
    expect(sizeBytes).toBeLessThanOrEqual(3 * 1024 * 1024);
  });
});
