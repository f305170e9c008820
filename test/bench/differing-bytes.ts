/** Runs of at least this length are found wherever they moved; shorter ones count as different. */
const BLOCK_BYTES = 32;
/** Odd, so that every byte of a block counts in the hash. */
const FACTOR = 0x01000193;

/**
 * Returns how many bytes of `after` are not in any run of at least 64 bytes that `before` contains,
 * at any offset: the bytes that a receiver who has `before` still needs. Looks for blocks of
 * `before` at every offset of `after` and extends matches.
 */
export function countDifferingBytes(before: Uint8Array, after: Uint8Array): number {
  const blocks = indexBlocks(before);
  const leaving = powerOf(BLOCK_BYTES);
  let differing = 0;
  let at = 0;
  let hash = after.byteLength >= BLOCK_BYTES ? hashOf(after, 0) : 0;
  while (at + BLOCK_BYTES <= after.byteLength) {
    const found = blocks.get(hash);
    const length = found === undefined ? 0 : commonLength(before, found, after, at);
    if (length >= BLOCK_BYTES) {
      at += length;
      if (at + BLOCK_BYTES <= after.byteLength) hash = hashOf(after, at);
      continue;
    }
    differing += 1;
    const incoming = after[at + BLOCK_BYTES] ?? 0;
    hash = (Math.imul(hash, FACTOR) + incoming - Math.imul(after[at] ?? 0, leaving)) | 0;
    at += 1;
  }
  return differing + after.byteLength - at;
}

function indexBlocks(bytes: Uint8Array): ReadonlyMap<number, number> {
  const blocks = new Map<number, number>();
  for (let at = 0; at + BLOCK_BYTES <= bytes.byteLength; at += BLOCK_BYTES) blocks.set(hashOf(bytes, at), at);
  return blocks;
}

function hashOf(bytes: Uint8Array, at: number): number {
  let hash = 0;
  for (let index = at; index < at + BLOCK_BYTES; index += 1) hash = (Math.imul(hash, FACTOR) + (bytes[index] ?? 0)) | 0;
  return hash;
}

function powerOf(exponent: number): number {
  let power = 1;
  for (let step = 0; step < exponent; step += 1) power = Math.imul(power, FACTOR);
  return power;
}

function commonLength(before: Uint8Array, beforeAt: number, after: Uint8Array, afterAt: number): number {
  let length = 0;
  while (
    beforeAt + length < before.byteLength &&
    afterAt + length < after.byteLength &&
    before[beforeAt + length] === after[afterAt + length]
  ) {
    length += 1;
  }
  return length;
}
