import type { ByteSource } from '../../gab/byte-source.ts';
import type { BundleCodec } from '../../gab/codec.ts';
import { WINDOW_BYTES, WindowedReader } from '../../gab/windowed-reader.ts';
import { joinBytes } from '../../lib/bytes.ts';
import { KIB } from '../../lib/sizes.ts';
import { type Chunk, cutChunks } from './chunk-list.ts';
import { readDeclaredHashes } from './declared-hashes.ts';
import { type FoundPiece, type PieceRange, readFileLayout } from './file-layout.ts';
import type { Recipe, RecipePiece } from './recipe.ts';
import type { FileRange } from './stream-ranges.ts';

export interface DescribedPieces {
  readonly recipe: Recipe;
  /** The pieces of the recipe with their paths. */
  readonly layout: readonly PieceRange[];
}

/**
 * How much to read when only a header is needed: enough for the headers of several small entries,
 * less than a large entry.
 */
const HEADER_READ_BYTES = 64 * KIB;

/**
 * Describes the content of a file. The hashes that a bundle's manifest declares for its stored
 * entries are trusted: a wrong hash can only lead to a rebuilt file whose own hash is wrong, and
 * then the complete file is sent. Callers that store the description check the bundle, and with it
 * the manifest. Rejects if the source does, or if it becomes shorter.
 */
export async function describePieces(
  source: ByteSource,
  codec: Pick<BundleCodec, 'createSha256' | 'inflateRaw'>,
): Promise<DescribedPieces> {
  const layout = await readFileLayout(source);
  const declared = await readDeclaredHashes(source, layout, codec);
  const reader = new WindowedReader(source);
  const skeleton: Uint8Array[] = [];
  const pieces: RecipePiece[] = [];
  for (const { piece, ...range } of partsOf(layout, source.size)) {
    if (piece === null)
      for await (const bytes of blocksOf(reader, range, HEADER_READ_BYTES)) skeleton.push(new Uint8Array(bytes));
    else pieces.push({ ...range, sha256: declared.get(piece) ?? (await hashOf(reader, range, codec)) });
  }
  return { recipe: { sizeBytes: source.size, pieces, skeleton: joinBytes(skeleton) }, layout };
}

async function hashOf(
  reader: WindowedReader,
  range: FileRange,
  codec: Pick<BundleCodec, 'createSha256'>,
): Promise<string> {
  const hash = codec.createSha256();
  for await (const bytes of blocksOf(reader, range)) hash.update(bytes);
  return hash.digestHex();
}

interface FilePart extends FileRange {
  /** Null for bytes between two pieces. */
  readonly piece: FoundPiece | null;
}

/** Pieces and the bytes between them, in file order, none of them empty. */
function* partsOf(layout: readonly FoundPiece[], fileBytes: number): Generator<FilePart, undefined> {
  let end = 0;
  for (const piece of layout) {
    const { offset, sizeBytes } = piece;
    if (offset > end) yield { offset: end, sizeBytes: offset - end, piece: null };
    yield { offset, sizeBytes, piece };
    end = offset + sizeBytes;
  }
  if (fileBytes > end) yield { offset: end, sizeBytes: fileBytes - end, piece: null };
}

/**
 * Yields all bytes of a range. A block is valid only until the next one is requested. `aheadBytes`:
 * how much to read at once.
 */
async function* blocksOf(
  reader: WindowedReader,
  { offset, sizeBytes }: FileRange,
  aheadBytes = WINDOW_BYTES,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < sizeBytes; done += WINDOW_BYTES) {
    yield await reader.view(offset + done, Math.min(WINDOW_BYTES, sizeBytes - done), aheadBytes);
  }
}

/**
 * Returns the chunks of some pieces of a file, one list per piece. Each piece is held in memory
 * while it is cut.
 */
export async function describeRanges(
  source: ByteSource,
  ranges: readonly FileRange[],
  sha256: (bytes: Uint8Array) => string,
): Promise<Chunk[][]> {
  const lists: Chunk[][] = [];
  for (const { offset, sizeBytes } of ranges) lists.push(cutChunks(await source.read(offset, sizeBytes), sha256));
  return lists;
}
