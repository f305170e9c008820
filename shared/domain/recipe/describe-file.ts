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
  const reader = new WindowedReader(source);
  const whole = codec.createSha256();
  const skeleton: Uint8Array[] = [];
  const pieces: RecipePiece[] = [];
  let at = 0;
  for (const { offset, sizeBytes } of layout) {
    await eachBlock(reader, { offset: at, sizeBytes: offset - at }, (block) => {
      whole.update(block);
      skeleton.push(block.slice());
    });
    const hash = codec.createSha256();
    await eachBlock(reader, { offset, sizeBytes }, (block) => {
      whole.update(block);
      hash.update(block);
    });
    pieces.push({ offset, sizeBytes, sha256: await hash.digestHex() });
    at = offset + sizeBytes;
  }
  await eachBlock(reader, { offset: at, sizeBytes: source.size - at }, (block) => {
    whole.update(block);
    skeleton.push(block.slice());
  });
  const recipe = { sizeBytes: source.size, pieces, skeleton: join(skeleton) };
  return { sha256: await whole.digestHex(), recipe, layout };
}

/** `block` is only good during the call. */
async function eachBlock(
  reader: WindowedReader,
  { offset, sizeBytes }: FileRange,
  work: (block: Uint8Array) => void,
): Promise<void> {
  const end = offset + sizeBytes;
  for (let at = offset; at < end; at += WINDOW_BYTES) work(await reader.view(at, Math.min(WINDOW_BYTES, end - at)));
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
