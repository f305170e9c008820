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
import type { ApiClient } from './api-client.ts';
import { type ApiFailure, contractFailure, networkFailure } from './api-failure.ts';
import type { Pace } from './pace.ts';
import { readJson } from './read-body.ts';
import { readRanges } from './read-ranges.ts';
import { sendBlocks } from './send-blocks.ts';
import { watchReceipts } from './upload-receipts.ts';

/**
 * Even a busy server needs far less to look up thousands of pieces, cut a predecessor, and rebuild
 * and check 50 MiB.
 */
const WORK_TIMEOUT_MS = 2 * MINUTE_MS;

/**
 * The person who canceled waits for this. A server that cannot be reached discards the upload on
 * its own.
 */
const FORGET_TIMEOUT_MS = 3 * SECOND_MS;

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

export type Announcement = Omit<UploadAnnouncement, 'activate'> & { readonly activate: boolean };

/** Announces an upload, or asks for its current state. */
export function announceUpload(
  api: ApiClient,
  { projectUuid, announcement, signal }: { projectUuid: string; announcement: Announcement; signal: AbortSignal },
): Answer<UploadPlan> {
  const params = { project_uuid: projectUuid };
  return api.call(openUpload, { params, body: announcement, signal, timeoutMs: WORK_TIMEOUT_MS });
}

/** Sends the chunk lists of the pieces that the server asked about. */
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
  /** The ranges of the file that remain to be sent, in order. */
  readonly ranges: readonly FileRange[];
  /** The offset in the stream at which they begin. */
  readonly from: number;
  /** When the bytes may go out. */
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** How many bytes of the stream the server has. */
  onReceived(receivedBytes: number): void;
}

/**
 * Sends the rest of the stream in one request and reads it from disk on the way. Returns how much
 * of the stream the server has. Throws an error with the operating system's code if the file cannot
 * be read.
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
    const result = await api.request({
      route: sendStream,
      params: { upload_uuid: upload.uploadUuid },
      options: {
        searchParams: { from: upload.from },
        headers: { 'content-type': 'application/octet-stream' },
      },
      send: (request, stopping, { agent }) => sendBlocks(request, { sizeBytes, blocks, stopping, agent }),
      signal: AbortSignal.any([upload.signal, stalled.signal]),
    });
    if (!result.ok) return stalled.signal.aborted ? fail(networkFailure(api.serverUrl)) : result;
    const parsed = streamReceiptSchema.safeParse(await readJson(result.value));
    return parsed.success ? ok(parsed.data.received_bytes) : fail(contractFailure(api.serverUrl, result.value.status));
  } catch (error) {
    return fail(api.failureOf(error, upload.signal));
  } finally {
    ended.abort();
    await watching;
  }
}

/** Asks the server to assemble the file and store it; resolves after its commit. */
export function finishUpload(api: ApiClient, uploadUuid: string, signal: AbortSignal): Answer<AvatarUploadResponse> {
  return api.call(completeUpload, { params: { upload_uuid: uploadUuid }, signal, timeoutMs: WORK_TIMEOUT_MS });
}

/** Discards an upload that is no longer wanted. The server would do so on its own after a day. */
export async function forgetUpload(api: ApiClient, uploadUuid: string): Promise<void> {
  await api.call(abandonUpload, { params: { upload_uuid: uploadUuid }, timeoutMs: FORGET_TIMEOUT_MS });
}
