import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../../node/error-code.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../context.ts';
import type { ApiFailure } from '../service-failure.ts';
import { faultOfWriting } from '../uploads/disk-faults.ts';
import { StreamWriter } from './stream-writer.ts';

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
  return (await stat(streamPath(place, uploadUuid)).catch(ifMissing(null)))?.size ?? 0;
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
  const file = await open(streamPath(place, piece.uploadUuid), constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    return await writeBytes(file, piece, present);
  } finally {
    await file.close();
  }
}

async function writeBytes(file: FileHandle, piece: StreamPiece, present: number): Promise<Result<number, ApiFailure>> {
  const writer = new StreamWriter(file, Math.max(piece.from, present));
  let at = piece.from;
  let failure: ApiFailure | null = null;
  try {
    for await (const block of piece.bytes) {
      failure = at + block.byteLength > piece.streamBytes ? tooLong(piece.streamBytes) : null;
      if (failure) break;
      const skipped = Math.min(block.byteLength, Math.max(0, present - at));
      at += block.byteLength;
      if (skipped < block.byteLength) await writer.write(block.subarray(skipped));
    }
  } catch (error) {
    // A broken connection is no failure: what came is kept.
    if (faultOfWriting(error) === 'storage-full') return fail(STORAGE_FULL);
  }
  return (await finish(writer)) ?? (failure ? fail(failure) : ok(Math.max(at, present)));
}

/** Null: what came is in the file. */
async function finish(writer: StreamWriter): Promise<Result<never, ApiFailure> | null> {
  try {
    await writer.finish();
    return null;
  } catch (error) {
    if (faultOfWriting(error) === 'storage-full') return fail(STORAGE_FULL);
    throw error;
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
