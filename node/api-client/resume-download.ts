import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { customerAvatarRoutes } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from './api-client.ts';
import type { ApiFailure } from './api-failure.ts';
import { IN_TRASH_TOO } from './in-trash-too.ts';

export interface ResumedDownload {
  readonly versionUuid: VersionUuid;
  /** Of the whole file: leftovers of another file are not resumed. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** If an earlier attempt left a part here, the download resumes after it. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** How many bytes of the file are on this disk. */
  onProgress(presentBytes: number): void;
}

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/**
 * Fetches the missing rest of a version's file and flushes it to disk. Bytes that arrived before
 * the connection broke are kept for the next attempt. Returns how many bytes the file has now; the
 * caller checks that they are the right ones. Throws the operating system's error if the disk
 * fails.
 */
export async function resumeDownload(api: ApiClient, download: ResumedDownload): Answer<number> {
  const file = await open(download.path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
  try {
    const received = await fetchRest(api, download, file);
    await file.sync();
    return received;
  } finally {
    await file.close();
  }
}

async function fetchRest(api: ApiClient, download: ResumedDownload, file: FileHandle): Answer<number> {
  const presentBytes = (await file.stat()).size;
  download.onProgress(presentBytes);
  if (presentBytes === download.sizeBytes) return ok(presentBytes);
  if (presentBytes === 0 || presentBytes > download.sizeBytes) return fetchFrom(api, download, { file, from: 0 });
  const rest = await fetchFrom(api, download, { file, from: presentBytes });
  const isRefusedRange = !rest.ok && rest.failure.code === 'range_not_satisfiable';
  return isRefusedRange ? fetchFrom(api, download, { file, from: 0 }) : rest;
}

interface Place {
  readonly file: FileHandle;
  /** How many bytes are there already (RFC 9110, 14.2). */
  readonly from: number;
}

async function fetchFrom(api: ApiClient, download: ResumedDownload, { file, from }: Place): Answer<number> {
  const result = await api.request({
    route: customerAvatarRoutes.download,
    params: { avatar_uuid: download.versionUuid },
    options: { headers: headersFor(download, from), searchParams: IN_TRASH_TOO },
    signal: download.signal,
  });
  if (!result.ok) return result;
  const begins = firstByteOf(result.value);
  if (begins !== 0 && begins !== from) {
    await result.value.body?.cancel();
    return fetchFrom(api, download, { file, from: 0 });
  }
  await file.truncate(begins);
  return receive(api, result.value, { download, file, from: begins });
}

/**
 * The server's ETag of a file is its hash. If the file is a different one, the server sends all of
 * it.
 */
function headersFor({ sha256 }: ResumedDownload, from: number): Record<string, string> {
  // Bundles are compressed already, and compression would falsify the progress.
  const whole = { 'accept-encoding': 'identity' };
  return from === 0 ? whole : { ...whole, range: `bytes=${from}-`, 'if-range': `"${sha256}"` };
}

/** The offset in the file at which a response begins; null if it is a part without an offset. */
function firstByteOf(response: Response): number | null {
  if (response.status !== 206) return 0;
  const first = /^bytes (\d{1,15})-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return first === undefined ? null : Number(first);
}

interface Reception extends Place {
  readonly download: ResumedDownload;
}

async function receive(api: ApiClient, response: Response, { download, file, from }: Reception): Answer<number> {
  // fetch gives an empty response a null body.
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  let presentBytes = from;
  try {
    // More bytes than the file has cannot be the file, so they are not written.
    while (presentBytes <= download.sizeBytes) {
      const next = await readNext(api, reader, download.signal);
      if (!next.ok) return next;
      if (next.value === null) break;
      await writeAll(file, next.value, presentBytes);
      presentBytes += next.value.byteLength;
      download.onProgress(presentBytes);
    }
    return ok(presentBytes);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Network errors are returned as failures, so that they are not confused with the disk's, which are
 * thrown.
 */
async function readNext(
  api: ApiClient,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): Answer<Uint8Array | null> {
  try {
    const { done, value } = await reader.read();
    return ok(done ? null : value);
  } catch (error) {
    return fail(api.failureOf(error, signal));
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}
