import type { Chunk } from './chunk-list.ts';
import type { RecipePiece } from './recipe.ts';
import type { MissingParts, Run } from './transmission-plan.ts';

/** A range of bytes of the file. */
export interface FileRange {
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface CutFile {
  readonly pieces: readonly RecipePiece[];
  /** The chunks of the pieces that were cut, by index of the piece. */
  readonly chunks: ReadonlyMap<number, readonly Chunk[]>;
}

/**
 * Returns the bytes of the file that the stream consists of, in order, with adjacent ranges joined.
 * Returns `null` if the server names pieces or chunks that the file doesn't have, so its plan is
 * for another file.
 */
export function streamRanges({ pieces, chunks }: CutFile, missing: MissingParts): FileRange[] | null {
  const cut = new Map(missing.chunks.map((entry) => [entry.piece, entry.missing]));
  const ranges: FileRange[] = [];
  for (const index of numbersIn(missing.pieces)) {
    const piece = pieces[index];
    const runs = cut.get(index);
    const list = runs && chunks.get(index);
    if (!piece || (runs && !list)) return null;
    const parts = runs && list ? chunkRanges(piece.offset, list, runs) : [piece];
    if (parts === null) return null;
    for (const { offset, sizeBytes } of parts) push(ranges, { offset, sizeBytes });
  }
  return ranges;
}

function chunkRanges(pieceOffset: number, chunks: readonly Chunk[], runs: readonly Run[]): FileRange[] | null {
  const offsets: number[] = [];
  let offset = pieceOffset;
  for (const { sizeBytes } of chunks) {
    offsets.push(offset);
    offset += sizeBytes;
  }
  const ranges: FileRange[] = [];
  for (const index of numbersIn(runs)) {
    const at = offsets[index];
    const chunk = chunks[index];
    if (at === undefined || chunk === undefined) return null;
    ranges.push({ offset: at, sizeBytes: chunk.sizeBytes });
  }
  return ranges;
}

function* numbersIn(runs: readonly Run[]): Generator<number> {
  for (const [first, count] of runs) for (let index = first; index < first + count; index += 1) yield index;
}

function push(ranges: FileRange[], next: FileRange): void {
  const last = ranges.at(-1);
  if (last && last.offset + last.sizeBytes === next.offset) {
    ranges[ranges.length - 1] = { offset: last.offset, sizeBytes: last.sizeBytes + next.sizeBytes };
  } else ranges.push(next);
}

/**
 * Returns what is left of the ranges after the first `skipBytes` of the stream, where a resumed
 * upload continues.
 */
export function rangesFrom(ranges: readonly FileRange[], skipBytes: number): FileRange[] {
  const rest: FileRange[] = [];
  let skip = skipBytes;
  for (const { offset, sizeBytes } of ranges) {
    const skipped = Math.min(skip, sizeBytes);
    skip -= skipped;
    if (skipped < sizeBytes) rest.push({ offset: offset + skipped, sizeBytes: sizeBytes - skipped });
  }
  return rest;
}
