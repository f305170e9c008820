import { KIB } from '../lib/sizes.ts';

// Content-defined cuts: where a piece ends depends on the 32 bytes before the cut, not on its
// position in the file, so the same content is cut in the same way after an edit before it. Rolling
// gear hash with normalized piece sizes, after W. Xia et al., "FastCDC: a Fast and Efficient
// Content-Defined Chunking Approach for Data Deduplication", USENIX ATC 2016.

/**
 * Two programs find the same cuts only with the same table, hash and rules, so this number is
 * stored with the cuts.
 */
export const GEAR_VERSION = 1;

/** Bytes that a 32-bit gear hash remembers: each step shifts the oldest one by one bit. */
const HASH_MEMORY_BYTES = 32;
const GEAR_SEED = 0x6a09e667;
/**
 * Below the average size, a cut needs this many bits more; above it, this many fewer. This keeps
 * sizes close to the average.
 */
const NORMALIZATION_BITS = 2;

/** Sizes in bytes. `averageBytes` is a power of two. */
export interface CutParameters {
  readonly minBytes: number;
  readonly averageBytes: number;
  readonly maxBytes: number;
}

/** Where the writer of bundles flushes its deflate streams (gab-format 2.2). */
export const flushCuts: CutParameters = { minBytes: 8 * KIB, averageBytes: 32 * KIB, maxBytes: 128 * KIB };

/**
 * Finds the end of the piece that starts at `start`: an offset after `start`, at most `end`. Pass
 * at least `maxBytes` from `start` on, or everything up to the end of the content: if no cut is
 * found before, `end` is the cut.
 */
export type FindCut = (bytes: Uint8Array, start: number, end: number) => number;

/** 256 pseudo-random numbers, from Mulberry32 with a fixed seed. */
export function buildGearTable(): Int32Array {
  let state = GEAR_SEED;
  return Int32Array.from({ length: 256 }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return mixed ^ (mixed >>> 14);
  });
}

const gear = buildGearTable();

/**
 * Creates the cut finder for pieces of the given sizes. Pure: the same bytes give the same cuts on
 * every computer.
 */
export function createCutFinder({ minBytes, averageBytes, maxBytes }: CutParameters): FindCut {
  const bits = Math.log2(averageBytes);
  if (!Number.isInteger(bits) || minBytes < HASH_MEMORY_BYTES || minBytes > averageBytes || averageBytes > maxBytes) {
    throw new RangeError(`no cuts of ${minBytes}, ${averageBytes}, ${maxBytes} bytes`);
  }
  // The upper bits of the hash depend on all 32 bytes, the lower ones only on the newest bytes.
  const strictMask = -1 << (32 - bits - NORMALIZATION_BITS);
  const looseMask = -1 << (32 - bits + NORMALIZATION_BITS);
  return (bytes, start, end) => {
    const limit = Math.min(end, start + maxBytes);
    const normal = Math.min(limit, start + averageBytes);
    let at = start + minBytes;
    if (at >= limit) return limit;
    let hash = warmUp(bytes, at);
    // `| 0` keeps the sum a 32-bit integer, which is twice as fast. Indices are in range because of
    // the contract; the assertions only satisfy noUncheckedIndexedAccess.
    for (; at < normal; at += 1) {
      hash = ((hash << 1) + (gear[bytes[at] as number] as number)) | 0;
      if ((hash & strictMask) === 0) return at + 1;
    }
    for (; at < limit; at += 1) {
      hash = ((hash << 1) + (gear[bytes[at] as number] as number)) | 0;
      if ((hash & looseMask) === 0) return at + 1;
    }
    return limit;
  };
}

/**
 * The hash of the 32 bytes before `at`. Without them, the first positions would depend on where the
 * piece starts.
 */
function warmUp(bytes: Uint8Array, at: number): number {
  let hash = 0;
  for (let back = HASH_MEMORY_BYTES; back > 0; back -= 1) {
    hash = ((hash << 1) + (gear[bytes[at - back] as number] as number)) | 0;
  }
  return hash;
}
