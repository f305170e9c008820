import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { nodeCodec as codec } from '../../node/bundle-codec.ts';
import { ifMissing } from '../../node/error-code.ts';
import { digestOf } from '../../node/hashed-source.ts';
import { withFile } from '../../node/open-file.ts';
import { removeFile } from '../../node/remove.ts';
import { sha256Hex } from '../../node/sha256.ts';
import { syncFileSource } from '../../node/sync-file-source.ts';
import type { Chunk } from '../../shared/domain/recipe/chunk-list.ts';
import { describePieces, describeRanges } from '../../shared/domain/recipe/describe-file.ts';
import type { ByteSource } from '../../shared/gab/byte-source.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import type { AssembledFile, ChunkTask, RebuildTask, StoredPiece, WholeFileTask } from './assemble-tasks.ts';

// Runs in a worker thread. With smaller blocks copying takes twice as long.
const BLOCK_BYTES = MIB;

/**
 * Writes a file from its steps and hashes it on the way. Returns null if a source is gone or ends
 * early.
 */
export async function rebuild({ steps, skeleton, targetPath }: RebuildTask): Promise<AssembledFile | null> {
  const sources = new Map<string, FileHandle>();
  const target = await open(targetPath, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let isWhole = false;
  try {
    for (const step of steps) {
      for await (const block of blocksOf(step, skeleton, sources)) {
        hash.update(block);
        await target.write(block, 0, block.byteLength, sizeBytes);
        sizeBytes += block.byteLength;
      }
    }
    isWhole = true;
    return { sizeBytes, sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof SourceGone) return null;
    throw error;
  } finally {
    await Promise.all([target, ...sources.values()].map((handle) => handle.close()));
    if (!isWhole) await removeFile(targetPath);
  }
}

class SourceGone extends Error {}

async function* blocksOf(
  { path, offset, sizeBytes }: RebuildTask['steps'][number],
  skeleton: Uint8Array,
  sources: Map<string, FileHandle>,
): AsyncGenerator<Uint8Array> {
  if (path === null) {
    yield skeleton.subarray(offset, offset + sizeBytes);
    return;
  }
  const source = sources.get(path) ?? (await openSource(path));
  sources.set(path, source);
  yield* readRange(source, offset, sizeBytes);
}

async function openSource(path: string): Promise<FileHandle> {
  const file = await open(path, 'r').catch(ifMissing(null));
  if (file === null) throw new SourceGone(path);
  return file;
}

async function* readRange(source: FileHandle, offset: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(BLOCK_BYTES, sizeBytes));
  for (let done = 0; done < sizeBytes; ) {
    const wanted = Math.min(buffer.byteLength, sizeBytes - done);
    const { bytesRead } = await source.read(buffer, 0, wanted, offset + done);
    if (bytesRead === 0) throw new SourceGone('it is shorter than expected');
    yield buffer.subarray(0, bytesRead);
    done += bytesRead;
  }
}

/** The chunks of some ranges of a file, one list per range; null if the file is gone. */
export function chunk({ path, ranges }: ChunkTask): Promise<Chunk[][] | null> {
  return withSource(path, (source) => describeRanges(source, ranges, sha256Hex));
}

/** Size and hash of a file; null if the file is gone. */
export function measure({ path }: WholeFileTask): Promise<AssembledFile | null> {
  return withSource(path, digestOf);
}

/** The pieces of a file; null if the file is gone. */
export function describe({ path }: WholeFileTask): Promise<StoredPiece[] | null> {
  return withSource(path, async (source) => {
    const { recipe, layout } = await describePieces(source, codec);
    return recipe.pieces.map((piece, index) => ({ ...piece, path: layout[index]?.path ?? '' }));
  });
}

function withSource<Value>(
  path: string,
  work: (source: Required<ByteSource>) => Promise<Value>,
): Promise<Value | null> {
  return withFile(path, async (file) =>
    work(syncFileSource({ fd: file.fd, sizeBytes: (await file.stat()).size })),
  ).catch(ifMissing(null));
}
