import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { customerAvatarRoutes } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiFailure } from '../failures/api-failure.ts';
import type { ApiClient } from './api-client.ts';

export interface ResumedDownload {
  readonly versionUuid: VersionUuid;
  /** Of the whole file: what is there of another one is not gone on with. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** What an earlier attempt left here is gone on with. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** What of the file is on this disk. */
  onProgress(presentBytes: number): void;
}

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/**
 * Fetches what is missing of a version's file and flushes it to the disk; what came before a cut stays for the next attempt. Answers how
 * many bytes the file has now: whether they are the right ones is for the caller to find out. A disk that cannot take it throws the
 * system's error.
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
  const isRefusedRange = !rest.ok && rest.failure.failure.code === 'range_not_satisfiable';
  return isRefusedRange ? fetchFrom(api, download, { file, from: 0 }) : rest;
}

interface Place {
  readonly file: FileHandle;
  /** How many bytes are there already (RFC 9110, 14.2). */
  readonly from: number;
}

async function fetchFrom(api: ApiClient, download: ResumedDownload, { file, from }: Place): Answer<number> {
  const answer = await api.request({
    route: customerAvatarRoutes.download,
    params: { avatar_uuid: download.versionUuid },
    options: { headers: headersFor(download, from) },
    signal: download.signal,
  });
  if (!answer.ok) return answer;
  const begins = firstByteOf(answer.value);
  if (begins !== 0 && begins !== from) {
    await answer.value.body?.cancel();
    return fetchFrom(api, download, { file, from: 0 });
  }
  await file.truncate(begins);
  return receive(api, answer.value, { download, file, from: begins });
}

/** The server's tag of a file is its hash: of another file it sends the whole. */
function headersFor({ sha256 }: ResumedDownload, from: number): Record<string, string> {
  // Compression would make the sizes on the way meaningless; bundles are compressed already.
  const whole = { 'accept-encoding': 'identity' };
  return from === 0 ? whole : { ...whole, range: `bytes=${from}-`, 'if-range': `"${sha256}"` };
}

/** Where in the file an answer begins; null: it is a part, and does not say which. */
function firstByteOf(response: Response): number | null {
  if (response.status !== 206) return 0;
  const first = /^bytes (\d{1,15})-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return first === undefined ? null : Number(first);
}

interface Reception extends Place {
  readonly download: ResumedDownload;
}

async function receive(api: ApiClient, response: Response, { download, file, from }: Reception): Answer<number> {
  // fetch gives an empty answer no body at all.
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  let presentBytes = from;
  try {
    // More than the file has is not the file: the disk need not take it.
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

/** The network's errors are values here; the disk's are not mixed up with them. */
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
