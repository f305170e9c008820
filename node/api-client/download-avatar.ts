import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { customerAvatarRoutes } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from './api-client.ts';
import type { ApiFailure } from './api-failure.ts';
import { IN_TRASH_TOO } from './in-trash-too.ts';

export interface DownloadRequest {
  readonly versionUuid: VersionUuid;
  /** Of the whole file. A longer answer is not read to its end. */
  readonly sizeBytes: number;
  /** Where the bytes go. Written from the start and flushed to disk before the promise resolves. */
  readonly path: string;
  readonly signal: AbortSignal;
  onProgress(receivedBytes: number): void;
}

export interface DownloadedFile {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Streams a version's file to disk, for a preview or to keep it for one, and hashes it on the way.
 * Throws the operating system's error if the disk fails.
 */
export async function downloadAvatar(
  api: ApiClient,
  download: DownloadRequest,
): Promise<Result<DownloadedFile, ApiFailure>> {
  const result = await api.request({
    route: customerAvatarRoutes.download,
    params: { avatar_uuid: download.versionUuid },
    // Bundles are compressed already, and compression would falsify the progress.
    options: { headers: { 'accept-encoding': 'identity' }, searchParams: { ...IN_TRASH_TOO, purpose: 'preview' } },
    signal: download.signal,
  });
  if (!result.ok) return result;
  const file = await open(download.path, 'w', 0o600);
  try {
    return await writeBody(api, result.value, { file, download });
  } finally {
    await file.close();
  }
}

async function writeBody(
  api: ApiClient,
  response: Response,
  { file, download }: { readonly file: FileHandle; readonly download: DownloadRequest },
): Promise<Result<DownloadedFile, ApiFailure>> {
  const hash = createHash('sha256');
  // fetch gives an empty response a null body.
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  let sizeBytes = 0;
  for (;;) {
    const next = await readNext(api, reader, download.signal);
    if (!next.ok) return next;
    if (next.value === null) break;
    hash.update(next.value);
    await writeOrCancel(file, next.value, reader);
    sizeBytes += next.value.byteLength;
    // More bytes than the file has cannot be the file: the caller compares size and hash.
    if (sizeBytes > download.sizeBytes) {
      await reader.cancel().catch(() => undefined);
      break;
    }
    download.onProgress(sizeBytes);
  }
  await file.sync();
  return ok({ sizeBytes, sha256: hash.digest('hex') });
}

/**
 * Network errors are returned as failures, so that they are not confused with the disk's, which are
 * thrown.
 */
async function readNext(
  api: ApiClient,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): Promise<Result<Uint8Array | null, ApiFailure>> {
  try {
    const { done, value } = await reader.read();
    return ok(done ? null : value);
  } catch (error) {
    return fail(api.failureOf(error, signal));
  }
}

async function writeOrCancel(
  file: FileHandle,
  bytes: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<void> {
  try {
    await file.writeFile(bytes);
  } catch (error) {
    await reader.cancel();
    throw error;
  }
}
