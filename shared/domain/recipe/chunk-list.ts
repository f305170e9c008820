import { z } from 'zod';
import { type CutParameters, createCutFinder, GEAR_VERSION } from '../../gab/content-cuts.ts';
import { fromHex, toHex } from '../../lib/hex.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { KIB } from '../../lib/sizes.ts';
import { MAX_BUNDLE_BYTES } from '../limits.ts';

/** A content-defined part of a piece. */
export interface Chunk {
  readonly sizeBytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/** Where pieces are cut to compare them chunk by chunk: 36 bytes of list per 16 KiB of content. */
export const chunkCuts: CutParameters = { minBytes: 4 * KIB, averageBytes: 16 * KIB, maxBytes: 64 * KIB };

/** Smaller pieces are sent as a whole: a list and another round trip would save next to nothing. */
export const MIN_CHUNKED_PIECE_BYTES = 64 * KIB;

const HASH_BYTES = 32;
const RECORD_BYTES = 4 + HASH_BYTES;
/** Cuts are at least `minBytes` apart, except for the last one. */
const MAX_CHUNKS = Math.ceil(MAX_BUNDLE_BYTES / chunkCuts.minBytes) + 1;
const MAX_LIST_BYTES = 1 + MAX_CHUNKS * RECORD_BYTES;

const findCut = createCutFinder(chunkCuts);

/** Cuts a complete piece into chunks. `sha256` hashes bytes to 64 lower-case hex digits. */
export function cutChunks(piece: Uint8Array, sha256: (bytes: Uint8Array) => string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < piece.byteLength; ) {
    const end = findCut(piece, start, piece.byteLength);
    chunks.push({ sizeBytes: end - start, sha256: sha256(piece.subarray(start, end)) });
    start = end;
  }
  return chunks;
}

/**
 * Format: the version of the cuts (1 byte), then for each chunk its size (4, little-endian) and its
 * SHA-256 (32).
 */
export function encodeChunks(chunks: readonly Chunk[]): Uint8Array {
  const bytes = new Uint8Array(1 + chunks.length * RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, GEAR_VERSION);
  for (const [index, chunk] of chunks.entries()) {
    const at = 1 + index * RECORD_BYTES;
    view.setUint32(at, chunk.sizeBytes, true);
    bytes.set(fromHex(chunk.sha256), at + 4);
  }
  return bytes;
}

export type ChunkListFault = 'version' | 'truncated' | 'too-long' | 'empty-chunk' | 'size';

/** Reads the output of `encodeChunks`. The sizes of the chunks must add up to `pieceBytes`. */
export function decodeChunks(bytes: Uint8Array, pieceBytes: number): Result<readonly Chunk[], ChunkListFault> {
  if (bytes.byteLength > MAX_LIST_BYTES) return fail('too-long');
  if (bytes.byteLength === 0 || (bytes.byteLength - 1) % RECORD_BYTES !== 0) return fail('truncated');
  if (bytes[0] !== GEAR_VERSION) return fail('version');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let sum = 0;
  for (let at = 1; at < bytes.byteLength; at += RECORD_BYTES) {
    const sizeBytes = view.getUint32(at, true);
    if (sizeBytes === 0) return fail('empty-chunk');
    chunks.push({ sizeBytes, sha256: toHex(bytes.subarray(at + 4, at + RECORD_BYTES)) });
    sum += sizeBytes;
  }
  return sum === pieceBytes ? ok(chunks) : fail('size');
}

/** A chunk list on the wire: `encodeChunks` in base64. Hashes do not compress. */
export const chunkListTextSchema = z.base64().max(Math.ceil((MAX_LIST_BYTES * 4) / 3) + 4);
