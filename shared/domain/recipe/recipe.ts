import { z } from 'zod';
import type { ByteSource } from '../../gab/byte-source.ts';
import { fromHex, toHex } from '../../lib/hex.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { MAX_PIECES, MAX_SKELETON_BYTES } from './file-layout.ts';

/** A piece of a file, identified by its content. */
export interface RecipePiece {
  readonly offset: number;
  readonly sizeBytes: number;
  /** 64 lower-case hex digits, of the bytes as they are in the file. */
  readonly sha256: string;
}

/**
 * A file as its pieces and the bytes between them. Put together, they are the file, byte for byte.
 */
export interface Recipe {
  readonly sizeBytes: number;
  /** In file order, without overlaps. */
  readonly pieces: readonly RecipePiece[];
  /** Every byte outside the pieces, in file order. */
  readonly skeleton: Uint8Array;
}

/** Increases when the format below changes. A server refuses versions it doesn't know. */
const RECIPE_VERSION = 1;
const HEAD_BYTES = 5;
const HASH_BYTES = 32;
const RECORD_BYTES = 8 + HASH_BYTES;
/** Size of the largest possible recipe, in bytes. */
export const MAX_RECIPE_BYTES = HEAD_BYTES + MAX_PIECES * RECORD_BYTES + MAX_SKELETON_BYTES;

/**
 * Format: version (1 byte), number of pieces (4), for each piece the number of skeleton bytes
 * before it (4), its size (4) and its SHA-256 (32), then the skeleton. Numbers are little-endian.
 */
export function encodeRecipe({ pieces, skeleton }: Recipe): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + pieces.length * RECORD_BYTES + skeleton.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, RECIPE_VERSION);
  view.setUint32(1, pieces.length, true);
  let at = HEAD_BYTES;
  let previousEnd = 0;
  for (const piece of pieces) {
    view.setUint32(at, piece.offset - previousEnd, true);
    view.setUint32(at + 4, piece.sizeBytes, true);
    bytes.set(fromHex(piece.sha256), at + 8);
    at += RECORD_BYTES;
    previousEnd = piece.offset + piece.sizeBytes;
  }
  bytes.set(skeleton, at);
  return bytes;
}

export type RecipeFault = 'version' | 'truncated' | 'too-many-pieces' | 'empty-piece' | 'size';

/**
 * Reads the output of `encodeRecipe`. `sizeBytes` is the size of the described file; the parts must
 * add up to it.
 */
export function decodeRecipe(bytes: Uint8Array, sizeBytes: number): Result<Recipe, RecipeFault> {
  if (bytes.byteLength < HEAD_BYTES) return fail('truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== RECIPE_VERSION) return fail('version');
  const count = view.getUint32(1, true);
  if (count > MAX_PIECES) return fail('too-many-pieces');
  const skeletonAt = HEAD_BYTES + count * RECORD_BYTES;
  if (skeletonAt > bytes.byteLength) return fail('truncated');
  const pieces: RecipePiece[] = [];
  let offset = 0;
  let gapBytes = 0;
  for (let at = HEAD_BYTES; at < skeletonAt; at += RECORD_BYTES) {
    gapBytes += view.getUint32(at, true);
    offset += view.getUint32(at, true);
    const pieceBytes = view.getUint32(at + 4, true);
    if (pieceBytes === 0) return fail('empty-piece');
    pieces.push({ offset, sizeBytes: pieceBytes, sha256: toHex(bytes.subarray(at + 8, at + RECORD_BYTES)) });
    offset += pieceBytes;
  }
  const skeleton = bytes.slice(skeletonAt);
  const tailBytes = skeleton.byteLength - gapBytes;
  return tailBytes < 0 || offset + tailBytes !== sizeBytes ? fail('size') : ok({ sizeBytes, pieces, skeleton });
}

/**
 * Returns the described file with zeros in place of the pieces: enough to read the archive's
 * directory and headers, and with them the path of each piece.
 */
export function recipeSource({ sizeBytes, pieces, skeleton }: Recipe): ByteSource {
  return {
    size: sizeBytes,
    read: (offset, length) => {
      const end = Math.min(offset + length, sizeBytes);
      const bytes = new Uint8Array(Math.max(0, end - offset));
      for (const gap of skeletonGaps({ sizeBytes, pieces })) {
        const from = Math.max(gap.offset, offset);
        const to = Math.min(gap.offset + gap.sizeBytes, end);
        if (from >= to) continue;
        const at = gap.skeletonOffset + from - gap.offset;
        bytes.set(skeleton.subarray(at, at + to - from), from - offset);
      }
      return Promise.resolve(bytes);
    },
  };
}

export interface SkeletonGap {
  /** In the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** In the skeleton. */
  readonly skeletonOffset: number;
}

/** The positions of the skeleton's bytes in the file, in file order. */
export function* skeletonGaps({ sizeBytes, pieces }: Pick<Recipe, 'sizeBytes' | 'pieces'>): Generator<SkeletonGap> {
  let offset = 0;
  let skeletonOffset = 0;
  for (const piece of [...pieces, { offset: sizeBytes, sizeBytes: 0 }]) {
    const gapBytes = piece.offset - offset;
    if (gapBytes > 0) yield { offset, sizeBytes: gapBytes, skeletonOffset };
    skeletonOffset += gapBytes;
    offset = piece.offset + piece.sizeBytes;
  }
}

/** A recipe on the wire: `encodeRecipe`, deflated (raw), in base64. */
export const recipeTextSchema = z.base64().max(Math.ceil((MAX_RECIPE_BYTES * 4) / 3) + 4);
