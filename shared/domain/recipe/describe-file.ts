import type { ByteSource } from '../../gab/byte-source.ts';
import type { BundleCodec } from '../../gab/codec.ts';
import { WINDOW_BYTES, WindowedReader } from '../../gab/windowed-reader.ts';
import { type Chunk, cutChunks } from './chunk-list.ts';
import { type PieceRange, readFileLayout } from './file-layout.ts';
import type { Recipe, RecipePiece } from './recipe.ts';
import type { FileRange } from './stream-ranges.ts';

export interface DescribedFile {
  /** Of the whole file, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly recipe: Recipe;
  /** The pieces of the recipe with their paths. */
  readonly layout: readonly PieceRange[];
}

type Hashing = Pick<BundleCodec, 'createSha256'>;

/** Reads a file once, front to back, and says what it is made of. Rejects if the source does, or became shorter. */
export async function describeFile(source: ByteSource, codec: Hashing): Promise<DescribedFile> {
  const layout = await readFileLayout(source);
  const whole = codec.createSha256();
  const skeleton: Uint8Array[] = [];
  const pieces: RecipePiece[] = [];
  const parts = partsOf(layout, source.size);
  let part = parts.next().value;
  let hash = codec.createSha256();
  for await (const { offset, bytes } of blocksOf(source)) {
    whole.update(bytes);
    for (let at = 0; part && at < bytes.byteLength; ) {
      const end = part.offset + part.sizeBytes;
      const run = bytes.subarray(at, Math.min(bytes.byteLength, end - offset));
      if (part.isPiece) hash.update(run);
      else skeleton.push(run.slice());
      at += run.byteLength;
      if (offset + at < end) continue;
      if (part.isPiece) {
        pieces.push({ offset: part.offset, sizeBytes: part.sizeBytes, sha256: await hash.digestHex() });
        hash = codec.createSha256();
      }
      part = parts.next().value;
    }
  }
  const recipe = { sizeBytes: source.size, pieces, skeleton: join(skeleton) };
  return { sha256: await whole.digestHex(), recipe, layout };
}

interface FilePart extends FileRange {
  readonly isPiece: boolean;
}

/** Pieces and what lies between them, in file order, none of them empty. */
function* partsOf(layout: readonly PieceRange[], fileBytes: number): Generator<FilePart, undefined> {
  let end = 0;
  for (const { offset, sizeBytes } of layout) {
    if (offset > end) yield { offset: end, sizeBytes: offset - end, isPiece: false };
    yield { offset, sizeBytes, isPiece: true };
    end = offset + sizeBytes;
  }
  if (fileBytes > end) yield { offset: end, sizeBytes: fileBytes - end, isPiece: false };
}

/** All of a source. A block is only good until the next one is asked for. */
async function* blocksOf(source: ByteSource): AsyncGenerator<{ readonly offset: number; readonly bytes: Uint8Array }> {
  const reader = new WindowedReader(source);
  for (let offset = 0; offset < source.size; offset += WINDOW_BYTES) {
    yield { offset, bytes: await reader.view(offset, Math.min(WINDOW_BYTES, source.size - offset)) };
  }
}

function join(blocks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(blocks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const block of blocks) {
    joined.set(block, at);
    at += block.byteLength;
  }
  return joined;
}

/** The chunks of some pieces of a file, one list for each; each piece is held in memory while it is cut. */
export async function describeChunks(
  source: ByteSource,
  ranges: readonly FileRange[],
  sha256: (bytes: Uint8Array) => string,
): Promise<Chunk[][]> {
  const lists: Chunk[][] = [];
  for (const { offset, sizeBytes } of ranges) lists.push(cutChunks(await source.read(offset, sizeBytes), sha256));
  return lists;
}
