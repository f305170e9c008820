import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../context.ts';
import type { ApiFailure } from '../failure.ts';
import { faultOfWriting } from '../uploads/disk-faults.ts';

/** Streams of open uploads, apart from files that are received in one request: they live longer. */
const FOLDER = 'sessions';

type Place = Pick<ServiceContext, 'incomingDir'>;

export function sessionsDir({ incomingDir }: Place): string {
  return join(incomingDir, FOLDER);
}

/** `uploadUuid` is a checked UUID: it cannot lead anywhere else. */
export function streamPath(place: Place, uploadUuid: string): string {
  return join(sessionsDir(place), `${uploadUuid}.stream`);
}

/** How many bytes of the stream are in the file. */
export async function countReceivedBytes(place: Place, uploadUuid: string): Promise<number> {
  try {
    return (await stat(streamPath(place, uploadUuid))).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

export async function dropStream(place: Place, uploadUuid: string): Promise<void> {
  await rm(streamPath(place, uploadUuid), { force: true });
}

export interface StreamPiece {
  readonly uploadUuid: string;
  /** Position of the first byte of `bytes` in the stream. */
  readonly from: number;
  /** All of the stream. */
  readonly streamBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Adds bytes to the stream; those that are there already are skipped. What came before a cut stays. Two writers at once do no
 * harm: they write the same bytes to the same places. Answers how many bytes are there now.
 * Failures: `upload_position`, `invalid_request` (more than the stream has), `storage_full`.
 */
export async function appendToStream(place: Place, piece: StreamPiece): Promise<Result<number, ApiFailure>> {
  const present = await countReceivedBytes(place, piece.uploadUuid);
  if (piece.from > present) return fail(wrongPosition(piece.from, present));
  await mkdir(sessionsDir(place), { recursive: true, mode: 0o700 });
  const writer = await open(streamPath(place, piece.uploadUuid), constants.O_RDWR | constants.O_CREAT, 0o600);
  let at = piece.from;
  try {
    for await (const block of piece.bytes) {
      if (at + block.byteLength > piece.streamBytes) return fail(tooLong(piece.streamBytes));
      const skipped = Math.min(block.byteLength, Math.max(0, present - at));
      if (skipped < block.byteLength) await writeAll(writer, block.subarray(skipped), at + skipped);
      at += block.byteLength;
    }
  } catch (error) {
    if (faultOfWriting(error) === 'storage-full') return fail(STORAGE_FULL);
    // The connection broke; what came is kept.
  } finally {
    await writer.close();
  }
  return ok(Math.max(at, present));
}

async function writeAll(writer: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await writer.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

const wrongPosition = (from: number, present: number): ApiFailure => ({
  code: 'upload_position',
  detail: `The stream has ${present} bytes; it cannot go on at ${from}.`,
});

const tooLong = (streamBytes: number): ApiFailure => ({
  code: 'invalid_request',
  detail: `More was sent than the ${streamBytes} bytes of the stream.`,
});

const STORAGE_FULL: ApiFailure = {
  code: 'storage_full',
  detail: 'The server has no room for this file. What came is kept for a day.',
};
