import { uploadReceipt } from '../../shared/api/avatars.ts';
import type { RouteResponse } from '../../shared/api/define-route.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { ApiFailure } from '../failures/api-failure.ts';
import type { ApiClient } from './api-client.ts';

export type UploadReceipt = RouteResponse<typeof uploadReceipt>;

/**
 * How long the server may be silent about an upload that is on its way, in milliseconds. A connection whose other end vanished
 * without a word (sleep, another network) would otherwise hang for a quarter of an hour.
 */
const STALL_LIMIT_MS = MINUTE_MS;

/** How often to ask what the server has, in milliseconds: about as often as an eye notices. */
const RECEIPT_INTERVAL_MS = 250;

/** What the server has of an upload; null if it knows nothing of it. */
export async function fetchReceipt(
  api: ApiClient,
  uploadUuid: string,
  signal?: AbortSignal,
): Promise<Result<UploadReceipt | null, ApiFailure>> {
  const answer = await api.call(uploadReceipt, {
    params: { idempotency_key: uploadUuid },
    ...(signal === undefined ? {} : { signal }),
  });
  return !answer.ok && answer.failure.failure.code === 'not_found' ? ok(null) : answer;
}

/** How an upload on its way is watched. */
export interface ReceiptWatch {
  readonly signal: AbortSignal;
  onReceipt(receipt: UploadReceipt): void;
  /** Nothing was heard of the server for so long that the connection must be dead. */
  onStall(): void;
}

/** Asks how far an upload has come until it is told to stop. */
export async function watchReceipts(api: ApiClient, uploadUuid: string, watch: ReceiptWatch): Promise<void> {
  const { signal } = watch;
  let heardAtMs = performance.now();
  while (await pause(signal)) {
    const receipt = await fetchReceipt(api, uploadUuid, signal);
    if (signal.aborted) return;
    // A missing receipt only means that progress is unknown just now; the upload's own answer decides.
    if (receipt.ok) heardAtMs = performance.now();
    else if (performance.now() - heardAtMs > STALL_LIMIT_MS) return watch.onStall();
    if (receipt.ok && receipt.value !== null) watch.onReceipt(receipt.value);
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

/** Whether the server has all of an upload that was just cut off; false also if it cannot be asked. */
export async function isUploadWithServer(api: ApiClient, uploadUuid: string): Promise<boolean> {
  const receipt = await fetchReceipt(api, uploadUuid);
  return receipt.ok && (receipt.value?.state === 'checking' || receipt.value?.state === 'stored');
}
