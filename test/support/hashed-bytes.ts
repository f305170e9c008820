import { HashedSource } from '../../node/hashed-source.ts';

/** Bytes in memory, read through a source that hashes what it reads. */
export function hashedBytes(bytes: Uint8Array): HashedSource {
  const readInto = (offset: number, target: Uint8Array) => {
    const piece = bytes.subarray(offset, offset + target.byteLength);
    target.set(piece);
    return Promise.resolve(piece.byteLength);
  };
  const read = (offset: number, length: number) => Promise.resolve(bytes.slice(offset, offset + length));
  return new HashedSource({ size: bytes.byteLength, read, readInto });
}
