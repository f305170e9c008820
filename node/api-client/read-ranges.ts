import type { FileHandle } from 'node:fs/promises';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';
import { openFile } from '../open-file.ts';
import { MAX_READ_BLOCK_BYTES, type Pace } from './pace.ts';

export interface RangesRequest {
  readonly path: string;
  readonly ranges: readonly FileRange[];
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/**
 * Reads ranges of a file one after the other, in blocks, as fast as the consumer and the pace
 * allow. There are two buffers, so a block is valid until the second block after it is requested.
 * Throws the operating system's error, or a `NotReadableError` if the file ends before its ranges
 * do.
 */
export async function* readRanges(request: RangesRequest): AsyncGenerator<Uint8Array, void, undefined> {
  const totalBytes = request.ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const newBuffer = () => Buffer.allocUnsafeSlow(Math.min(MAX_READ_BLOCK_BYTES, totalBytes));
  const buffers: Buffers = [newBuffer(), newBuffer()];
  const file = await openFile(request.path);
  try {
    for (const range of request.ranges) yield* readRange({ file, buffers }, range, request);
  } finally {
    await file.close();
  }
}

/** The buffers are filled in turn; the first one is next. */
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
    // The previous block may still be being sent.
    buffers.reverse();
    const { bytesRead } = await file.read(buffer, 0, wanted, at);
    if (bytesRead === 0) throw new EndedEarlyError();
    await pace.take(bytesRead, signal);
    if (signal.aborted) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Named like the error of a browser's File that has changed since it was chosen. */
class EndedEarlyError extends Error {
  override readonly name = 'NotReadableError';

  constructor() {
    super('The file is shorter than it was');
  }
}
