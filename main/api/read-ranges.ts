import { type FileHandle, open } from 'node:fs/promises';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';
import { MAX_READ_BLOCK_BYTES, type Pace } from '../timing/bandwidth.ts';

export interface RangesRequest {
  readonly path: string;
  readonly ranges: readonly FileRange[];
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/**
 * Parts of a file one after the other, in blocks, as fast as they are taken and the pace allows. A block is good until the one after the
 * next is asked for: two are all that is in memory. Throws the operating system's error, or a `NotReadableError` where the file ends
 * before its parts do.
 */
export async function* readRanges(request: RangesRequest): AsyncGenerator<Uint8Array, void, undefined> {
  const totalBytes = request.ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const newBuffer = () => Buffer.allocUnsafeSlow(Math.min(MAX_READ_BLOCK_BYTES, totalBytes));
  const buffers: Buffers = [newBuffer(), newBuffer()];
  const file = await open(request.path, 'r');
  try {
    for (const range of request.ranges) yield* readRange({ file, buffers }, range, request);
  } finally {
    await file.close();
  }
}

/** Filled in turns: the first is the next one. */
type Buffers = [Buffer, Buffer];

interface Reading {
  readonly file: FileHandle;
  readonly buffers: Buffers;
}

async function* readRange(
  { file, buffers }: Reading,
  { offset, sizeBytes }: FileRange,
  { pace, signal }: RangesRequest,
) {
  const end = offset + sizeBytes;
  for (let at = offset; at < end; ) {
    const wanted = Math.min(pace.blockBytes(), MAX_READ_BLOCK_BYTES, end - at);
    const [buffer] = buffers;
    // The one before may still be on its way.
    buffers.reverse();
    const { bytesRead } = await file.read(buffer, 0, wanted, at);
    if (bytesRead === 0) throw new EndedEarlyError();
    await pace.take(bytesRead, signal);
    if (signal.aborted) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Named like the error that a browser's file gives when it changed meanwhile. */
class EndedEarlyError extends Error {
  override readonly name = 'NotReadableError';

  constructor() {
    super('The file is shorter than it was');
  }
}
