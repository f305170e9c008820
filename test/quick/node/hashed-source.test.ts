import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../node/sha256.ts';
import { hashedBytes } from '../../support/hashed-bytes.ts';
import { noise } from '../../support/sample-assets.ts';

describe('HashedSource', () => {
  it('of an empty file is the hash of nothing', async () => {
    expect(await hashedBytes(new Uint8Array()).finish(10)).toEqual({
      sha256: sha256Hex(new Uint8Array()),
      sizeBytes: 0,
    });
  });

  it('stops soon after the limit', async () => {
    const { sizeBytes } = await hashedBytes(noise(5 * 1024 * 1024)).finish(1024 * 1024);
    expect(sizeBytes).toBeLessThanOrEqual(3 * 1024 * 1024);
  });
});
