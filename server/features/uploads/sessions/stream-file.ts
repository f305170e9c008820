import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing } from '../../../../node/error-code.ts';
import { removeFile } from '../../../../node/remove.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { writeFaultOf } from '../disk-faults.ts';
import { StreamWriter } from './stream-writer.ts';

/**
 * Streams of open uploads. They have their own folder because they live longer than files received
 * in one request.
 */
const FOLDER = 'sessions';

type Place = Pick<ServiceContext, 'incomingDir'>;

export function sessionsDir({ incomingDir }: Place): string {
  return join(incomingDir, FOLDER);
}

/** `uploadUuid` is a validated UUID, so the path cannot leave the folder. */
export function streamPath(place: Place, uploadUuid: string): string {
  return join(sessionsDir(place), `${uploadUuid}.stream`);
}

/** The number of bytes of the stream that are in the file. */
export async function countReceivedBytes(place: Place, uploadUuid: string): Promise<number> {
  return (await stat(streamPath(place, uploadUuid)).catch(ifMissing(null)))?.size ?? 0;
}

export async function dropStream(place: Place, uploadUuid: string): Promise<void> {
  await removeFile(streamPath(place, uploadUuid));
}

export interface StreamPiece {
  readonly uploadUuid: string;
  /** Position of the first byte of `bytes` in the stream. */
  readonly from: number;
  /** Size of the complete stream. */
  readonly streamBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Appends bytes to the stream; bytes that are already there are skipped. If the connection breaks,
 * the bytes received so far stay. Two writers at once do no harm: they write the same bytes to the
 * same places. Returns the number of bytes that are there now. Failures: `upload_position`,
 * `invalid_request` (more bytes than the stream has), `storage_full`.
 */
export async function appendToStream(place: Place, piece: StreamPiece): ServiceResult<number> {
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

async function writeBytes(file: FileHandle, piece: StreamPiece, present: number): ServiceResult<number> {
  const writer = new StreamWriter(file, Math.max(piece.from, present));
  let at = piece.from;
  let failure: ServiceFailure | null = null;
  try {
    for await (const block of piece.bytes) {
      failure = at + block.byteLength > piece.streamBytes ? tooLong(piece.streamBytes) : null;
      if (failure) break;
      const skipped = Math.min(block.byteLength, Math.max(0, present - at));
      at += block.byteLength;
      if (skipped < block.byteLength) await writer.write(block.subarray(skipped));
    }
  } catch (error) {
    // A broken connection is not a failure: the bytes received so far stay.
    if (writeFaultOf(error) === 'storage-full') return fail(STORAGE_FULL);
  }
  return (await finish(writer)) ?? (failure ? fail(failure) : ok(Math.max(at, present)));
}

/** Null if all received bytes are in the file. */
async function finish(writer: StreamWriter): Promise<Result<never, ServiceFailure> | null> {
  try {
    await writer.finish();
    return null;
  } catch (error) {
    if (writeFaultOf(error) === 'storage-full') return fail(STORAGE_FULL);
    throw error;
  }
}

const wrongPosition = (from: number, present: number): ServiceFailure => ({
  code: 'upload_position',
  detail: `The server has ${present} bytes of the stream, so it cannot continue at ${from}.`,
});

const tooLong = (streamBytes: number): ServiceFailure => ({
  code: 'invalid_request',
  detail: `The request has more bytes than the ${streamBytes} of the stream.`,
});

const STORAGE_FULL: ServiceFailure = {
  code: 'storage_full',
  detail: 'The server has no room for this file. The received bytes are kept for now.',
};
