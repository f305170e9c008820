import { KIB } from '../lib/sizes.ts';

// Content-defined cuts: where a piece ends depends on the 32 bytes before the cut and not on its place in the file, so the
// same content is cut the same way after an edit before it. Rolling gear hash with normalized piece sizes, after W. Xia et
// al., "FastCDC: a Fast and Efficient Content-Defined Chunking Approach for Data Deduplication", USENIX ATC 2016.

/** Two programs find the same cuts only with the same table, hash and rules: whoever stores cuts stores this with them. */
export const GEAR_VERSION = 1;

/** Bytes that a 32-bit gear hash remembers: each step shifts the oldest one out by a bit. */
const HASH_MEMORY_BYTES = 32;
const GEAR_SEED = 0x6a09e667;
/** Below the average a cut needs this many bits more, above it as many fewer: sizes crowd around the average. */
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
 * Finds where the piece that begins at `start` ends: an offset behind `start`, at most `end`. Hand in at least `maxBytes`
 * from `start` on, or everything up to the end of the content: where no cut is found before, `end` is the cut.
 */
export type FindCut = (bytes: Uint8Array, start: number, end: number) => number;

/** 256 numbers that look random, by Mulberry32 from a fixed seed. */
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

/** The cut finder for pieces of the given sizes. Pure: the same bytes give the same cuts, on every machine. */
export function createCutFinder({ minBytes, averageBytes, maxBytes }: CutParameters): FindCut {
  const bits = Math.log2(averageBytes);
  if (!Number.isInteger(bits) || minBytes < HASH_MEMORY_BYTES || minBytes > averageBytes || averageBytes > maxBytes) {
    throw new RangeError(`no cuts of ${minBytes}, ${averageBytes}, ${maxBytes} bytes`);
  }
  // The upper bits of the hash carry all 32 bytes, the lower ones only the newest.
  const strictMask = -1 << (32 - bits - NORMALIZATION_BITS);
  const looseMask = -1 << (32 - bits + NORMALIZATION_BITS);
  return (bytes, start, end) => {
    const limit = Math.min(end, start + maxBytes);
    const normal = Math.min(limit, start + averageBytes);
    let at = start + minBytes;
    if (at >= limit) return limit;
    let hash = warmUp(bytes, at);
    // `| 0` keeps the sum an integer of 32 bits: twice as fast. Indices are in range by the contract; the assertions
    // only satisfy noUncheckedIndexedAccess.
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

/** The hash of the 32 bytes before `at`: without them the first positions would depend on where the piece began. */
function warmUp(bytes: Uint8Array, at: number): number {
  let hash = 0;
  for (let back = HASH_MEMORY_BYTES; back > 0; back -= 1) {
    hash = ((hash << 1) + (gear[bytes[at - back] as number] as number)) | 0;
  }
  return hash;
}
