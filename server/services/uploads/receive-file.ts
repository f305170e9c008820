import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { StoredPiece } from '../bundle-pieces.ts';
import type { ApiFailure } from '../service-failure.ts';
import { faultOfWriting } from './disk-faults.ts';

/** A whole file in the incoming folder. Who receives it removes it. */
export interface ReceivedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** What it is made of, where that is known already. */
  readonly pieces?: readonly StoredPiece[];
}

export interface Reception {
  readonly incomingDir: string;
  /** Called with the bytes received so far, for each block. */
  readonly onProgress: (receivedBytes: number) => void;
}

/**
 * Writes a stream to a file of its own while hashing it; takes at most the limit and one byte more.
 * Failures: `file_too_large`, `storage_full`, `upload_incomplete` (the stream broke). Nothing is left behind then.
 */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  { incomingDir, onProgress }: Reception,
): Promise<Result<ReceivedFile, ApiFailure>> {
  await mkdir(incomingDir, { recursive: true, mode: 0o700 });
  const path = join(incomingDir, `${randomUUID()}.part`);
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let failure: ApiFailure | null = null;
  let isWhole = false;
  try {
    for await (const block of source) {
      sizeBytes += block.byteLength;
      if (sizeBytes > MAX_BUNDLE_BYTES) {
        failure = fileTooLarge();
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
    if (!isWhole) await rm(path, { force: true });
  }
  return failure ? fail(failure) : ok({ path, sizeBytes, sha256: hash.digest('hex') });
}

export const fileTooLarge = (): ApiFailure => ({
  code: 'file_too_large',
  detail: `The file is larger than ${MAX_BUNDLE_BYTES} bytes (50 MiB). Nothing was stored.`,
});

function failureOf(error: unknown): ApiFailure {
  return faultOfWriting(error) === 'storage-full'
    ? { code: 'storage_full', detail: 'The server has no room for this file. Nothing was stored.' }
    : {
        code: 'upload_incomplete',
        detail: 'The connection ended before the whole file was here. Nothing was stored.',
      };
}
