import { openAsBlob } from 'node:fs';
import {
  type AvatarUploadResponse,
  avatarUploadResponseSchema,
  customerAvatarRoutes,
  uploadReceipt,
} from '../../shared/api/avatars.ts';
import type { RouteResponse } from '../../shared/api/define-route.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from './api-client.ts';
import { type ApiFailure, contractFailure, networkFailure } from './api-failure.ts';

export type UploadReceipt = RouteResponse<typeof uploadReceipt>;

/**
 * How long the server may be silent about an upload that is on its way, in milliseconds. A connection whose other end vanished
 * without a word (sleep, another network) would otherwise hang for a quarter of an hour.
 */
const STALL_LIMIT_MS = MINUTE_MS;

/** How often to ask what the server has, in milliseconds: about as often as an eye notices. */
const RECEIPT_INTERVAL_MS = 250;

export interface UploadRequest {
  readonly projectUuid: string;
  /** The same key with the same file answers the first result: a lost answer can be asked for again. */
  readonly idempotencyKey: string;
  /** The bytes; must not change while they are sent. */
  readonly path: string;
  readonly fileName: string;
  readonly fields: {
    readonly lineageUuid: string | null;
    readonly name: string | null;
    readonly tags: readonly string[] | null;
    readonly description: string | null;
    readonly activate: boolean;
  };
  readonly signal: AbortSignal;
  onReceipt(receipt: UploadReceipt): void;
}

/**
 * Sends one file; resolves only after the server's commit. The file is read from disk as it is sent, never held in memory.
 * A file that cannot be read throws an error with the operating system's code.
 */
export async function uploadAvatar(
  api: ApiClient,
  upload: UploadRequest,
): Promise<Result<AvatarUploadResponse, ApiFailure>> {
  const body = await buildForm(upload);
  const ended = new AbortController();
  const stalled = new AbortController();
  const watching = watchReceipts(api, upload, {
    signal: AbortSignal.any([ended.signal, upload.signal]),
    onStall: () => stalled.abort(),
  });
  try {
    const answer = await api.request({
      route: customerAvatarRoutes.upload,
      params: { project_uuid: upload.projectUuid },
      options: { body, headers: { 'idempotency-key': upload.idempotencyKey } },
      signal: AbortSignal.any([upload.signal, stalled.signal]),
    });
    if (!answer.ok) return stalled.signal.aborted ? fail(networkFailure(api.serverUrl)) : answer;
    const parsed = avatarUploadResponseSchema.safeParse(await answer.value.json());
    return parsed.success ? ok(parsed.data) : fail(contractFailure(api.serverUrl, answer.value.status));
  } catch (error) {
    return fail(api.failureOf(error, upload.signal));
  } finally {
    ended.abort();
    await watching;
  }
}

/** What the server has of an upload; null if it knows nothing of it. */
export async function fetchReceipt(
  api: ApiClient,
  idempotencyKey: string,
  signal?: AbortSignal,
): Promise<Result<UploadReceipt | null, ApiFailure>> {
  const answer = await api.call(uploadReceipt, {
    params: { idempotency_key: idempotencyKey },
    ...(signal === undefined ? {} : { signal }),
  });
  return !answer.ok && answer.failure.failure.code === 'not_found' ? ok(null) : answer;
}

async function buildForm({ path, fileName, fields }: UploadRequest): Promise<FormData> {
  const form = new FormData();
  // Text first: the server knows where the file belongs before its bytes come.
  if (fields.lineageUuid !== null) form.set('lineage_uuid', fields.lineageUuid);
  if (fields.name !== null) form.set('name', fields.name);
  if (fields.description !== null) form.set('description', fields.description);
  for (const tag of fields.tags ?? []) form.append('tags', tag);
  form.set('activate', String(fields.activate));
  form.set('file', await openAsBlob(path, { type: 'application/octet-stream' }), fileName);
  return form;
}

interface Watch {
  readonly signal: AbortSignal;
  onStall(): void;
}

async function watchReceipts(api: ApiClient, upload: UploadRequest, watch: Watch): Promise<void> {
  const { signal } = watch;
  let heardAtMs = performance.now();
  while (await pause(signal)) {
    const receipt = await fetchReceipt(api, upload.idempotencyKey, signal);
    if (signal.aborted) return;
    // A missing receipt only means that progress is unknown just now; the upload's own answer decides.
    if (receipt.ok) heardAtMs = performance.now();
    else if (performance.now() - heardAtMs > STALL_LIMIT_MS) return watch.onStall();
    if (receipt.ok && receipt.value !== null) upload.onReceipt(receipt.value);
  }
}

/** Waits for the next question; false as soon as there is nothing to ask any more. */
function pause(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, RECEIPT_INTERVAL_MS);
    signal.addEventListener('abort', stop, { once: true });
  });
}
