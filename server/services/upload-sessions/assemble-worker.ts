import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import zlib from 'node:zlib';
import { nodeCodec } from '../../../node/bundle-codec.ts';
import { syncFileSource } from '../../../node/sync-file-source.ts';
import type { Chunk } from '../../../shared/domain/recipe/chunk-list.ts';
import { describeChunks, describePieces } from '../../../shared/domain/recipe/describe-file.ts';
import type { ByteSource } from '../../../shared/gab/byte-source.ts';
import { WINDOW_BYTES, WindowedReader } from '../../../shared/gab/windowed-reader.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import type { StoredPiece } from '../bundle-pieces.ts';
import type { AssembledFile, ChunkTask, RebuildTask, WholeFileTask } from './assembler.ts';

// Runs in a worker thread. Smaller blocks cost twice the time.
const BLOCK_BYTES = MIB;

const codec = nodeCodec({ createHash, zlib });
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Puts a file together from its steps, hashing it on the way. Answers null if a source ends too early or is gone. */
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
    if (!isWhole) await rm(targetPath, { force: true });
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
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new SourceGone(path);
    throw error;
  }
}

async function* readRange(source: FileHandle, offset: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(BLOCK_BYTES, sizeBytes));
  for (let done = 0; done < sizeBytes; ) {
    const wanted = Math.min(buffer.byteLength, sizeBytes - done);
    const { bytesRead } = await source.read(buffer, 0, wanted, offset + done);
    if (bytesRead === 0) throw new SourceGone('it became shorter');
    yield buffer.subarray(0, bytesRead);
    done += bytesRead;
  }
}

/** The chunks of some ranges of a file; null if the file is gone. */
export function chunk({ path, ranges }: ChunkTask): Promise<Chunk[][] | null> {
  return withSource(path, (source) => describeChunks(source, ranges, sha256Of));
}

/** Size and hash of a file; null if the file is gone. */
export function measure({ path }: WholeFileTask): Promise<AssembledFile | null> {
  return withSource(path, async (source) => {
    const reader = new WindowedReader(source);
    const hash = createHash('sha256');
    for (let at = 0; at < source.size; at += WINDOW_BYTES) {
      hash.update(await reader.view(at, Math.min(WINDOW_BYTES, source.size - at)));
    }
    return { sizeBytes: source.size, sha256: hash.digest('hex') };
  });
}

/** What a file is made of; null if the file is gone. */
export function describe({ path }: WholeFileTask): Promise<StoredPiece[] | null> {
  return withSource(path, async (source) => {
    const { recipe, layout } = await describePieces(source, codec);
    return recipe.pieces.map((piece, index) => ({ ...piece, path: layout[index]?.path ?? '' }));
  });
}

async function withSource<Value>(path: string, work: (source: ByteSource) => Promise<Value>): Promise<Value | null> {
  try {
    const file = await openSource(path);
    try {
      return await work(syncFileSource({ readSync }, { fd: file.fd, sizeBytes: (await file.stat()).size }));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SourceGone) return null;
    throw error;
  }
}
