import type { AvatarUploadResponse } from '../../shared/api/avatars.ts';
import {
  abandonUpload,
  completeUpload,
  describeChunks,
  openUpload,
  sendStream,
  streamReceiptSchema,
  type UploadAnnouncement,
  type UploadPlan,
} from '../../shared/api/upload-sessions.ts';
import { type Chunk, encodeChunks } from '../../shared/domain/recipe/chunk-list.ts';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { type ApiFailure, contractFailure, networkFailure } from '../failures/api-failure.ts';
import type { Pace } from '../timing/bandwidth.ts';
import type { ApiClient } from './api-client.ts';
import { readRanges } from './read-ranges.ts';
import { sendBlocks } from './send-blocks.ts';
import { watchReceipts } from './upload-receipts.ts';

/** Looking up thousands of pieces, cutting a predecessor, rebuilding 50 MiB and checking it: far less, also on a busy server. */
const WORK_TIMEOUT_MS = 2 * MINUTE_MS;

/** Whoever cancelled waits for it; a server that is away forgets by itself. */
const FORGET_TIMEOUT_MS = 3 * SECOND_MS;

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

export type Announcement = Omit<UploadAnnouncement, 'activate'> & { readonly activate: boolean };

/** Announces an upload, or asks how it stands. */
export function announceUpload(
  api: ApiClient,
  { projectUuid, announcement, signal }: { projectUuid: string; announcement: Announcement; signal: AbortSignal },
): Answer<UploadPlan> {
  const params = { project_uuid: projectUuid };
  return api.call(openUpload, { params, body: announcement, signal, timeoutMs: WORK_TIMEOUT_MS });
}

/** Says what the asked pieces are made of. */
export function sendChunkLists(
  api: ApiClient,
  {
    uploadUuid,
    lists,
    signal,
  }: { uploadUuid: string; lists: ReadonlyMap<number, readonly Chunk[]>; signal: AbortSignal },
): Answer<UploadPlan> {
  const pieces = [...lists].map(([piece, chunks]) => ({
    piece,
    chunks: Buffer.from(encodeChunks(chunks)).toString('base64'),
  }));
  const params = { upload_uuid: uploadUuid };
  return api.call(describeChunks, { params, body: { pieces }, signal, timeoutMs: WORK_TIMEOUT_MS });
}

export interface StreamUpload {
  readonly uploadUuid: string;
  readonly path: string;
  /** What of the file is left to be sent, in order. */
  readonly ranges: readonly FileRange[];
  /** Where in the stream that begins. */
  readonly from: number;
  /** When the bytes may go out. */
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** What the server has of the stream. */
  onReceived(receivedBytes: number): void;
}

/**
 * Sends the rest of the stream in one request, read from disk as it goes. Answers how much of it the server has. A file that cannot be
 * read throws an error with the operating system's code.
 */
export async function sendUploadStream(api: ApiClient, upload: StreamUpload): Answer<number> {
  const ended = new AbortController();
  const stalled = new AbortController();
  const sizeBytes = upload.ranges.reduce((sum, range) => sum + range.sizeBytes, 0);
  const blocks = readRanges({ ...upload, signal: AbortSignal.any([ended.signal, upload.signal, stalled.signal]) });
  const watching = watchReceipts(api, upload.uploadUuid, {
    signal: AbortSignal.any([ended.signal, upload.signal]),
    onReceipt: (receipt) => upload.onReceived(receipt.received_bytes),
    onStall: () => stalled.abort(),
  });
  try {
    const answer = await api.request({
      route: sendStream,
      params: { upload_uuid: upload.uploadUuid },
      options: {
        searchParams: { from: upload.from },
        headers: { 'content-type': 'application/octet-stream' },
      },
      send: (request, stopping) => sendBlocks(request, { sizeBytes, blocks, stopping }),
      signal: AbortSignal.any([upload.signal, stalled.signal]),
    });
    if (!answer.ok) return stalled.signal.aborted ? fail(networkFailure(api.serverUrl)) : answer;
    const parsed = streamReceiptSchema.safeParse(await answer.value.json());
    return parsed.success ? ok(parsed.data.received_bytes) : fail(contractFailure(api.serverUrl, answer.value.status));
  } catch (error) {
    return fail(api.failureOf(error, upload.signal));
  } finally {
    ended.abort();
    await watching;
  }
}

/** Asks the server to put the file together and store it; resolves after its commit. */
export function finishUpload(api: ApiClient, uploadUuid: string, signal: AbortSignal): Answer<AvatarUploadResponse> {
  return api.call(completeUpload, { params: { upload_uuid: uploadUuid }, signal, timeoutMs: WORK_TIMEOUT_MS });
}

/** Lets the server forget an upload that nobody wants any more; it would by itself after a day. */
export async function forgetUpload(api: ApiClient, uploadUuid: string): Promise<void> {
  await api.call(abandonUpload, { params: { upload_uuid: uploadUuid }, timeoutMs: FORGET_TIMEOUT_MS });
}
