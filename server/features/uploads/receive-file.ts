import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from '../../../node/remove.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { ServiceFailure, ServiceResult } from '../../failures/service-failure.ts';
import type { StoredPiece } from '../../files/assemble-tasks.ts';
import type { Room } from '../storage/room.ts';
import { writeFaultOf } from './disk-faults.ts';

/** A complete file in the incoming folder. The code that received it removes it. */
export interface UploadedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The pieces of the file, if they are already available. */
  readonly pieces?: readonly StoredPiece[];
}

export interface Reception {
  readonly incomingDir: string;
  /** How large the file may be; a larger one is refused as soon as it has grown too large. */
  readonly room: Room;
  /** Called for each block with the number of bytes received so far. */
  readonly onProgress: (receivedBytes: number) => void;
}

/**
 * Writes a stream to a new file and hashes it. Reads at most one byte more than the limit.
 * Failures: `file_too_large`, that of the room, `storage_full`, `upload_incomplete` (the connection
 * broke); then no file is left behind.
 */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  { incomingDir, room, onProgress }: Reception,
): ServiceResult<UploadedFile> {
  await mkdir(incomingDir, { recursive: true, mode: 0o700 });
  const path = join(incomingDir, `${randomUUID()}.part`);
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let failure: ServiceFailure | null = null;
  let isWhole = false;
  try {
    for await (const block of source) {
      sizeBytes += block.byteLength;
      if (sizeBytes > MAX_BUNDLE_BYTES) {
        failure = fileTooLarge();
        break;
      }
      if (sizeBytes > room.bytes) {
        failure = room.failure(sizeBytes);
        break;
      }
      hash.update(block);
      await handle.writeFile(block);
      onProgress(sizeBytes);
    }
    isWhole = failure === null;
  } catch (error) {
    failure = failureOf(error);
  } finally {
    await handle.close();
    if (!isWhole) await removeFile(path);
  }
  return failure ? fail(failure) : ok({ path, sizeBytes, sha256: hash.digest('hex') });
}

export const fileTooLarge = (): ServiceFailure => ({
  code: 'file_too_large',
  detail: `The file is larger than ${MAX_BUNDLE_BYTES} bytes (50 MiB). Nothing was stored.`,
});

function failureOf(error: unknown): ServiceFailure {
  return writeFaultOf(error) === 'storage-full'
    ? { code: 'storage_full', detail: 'The server has no room for this file. Nothing was stored.' }
    : {
        code: 'upload_incomplete',
        detail: 'The connection ended before the whole file had arrived. Nothing was stored.',
      };
}
