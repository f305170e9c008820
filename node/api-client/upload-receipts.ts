import { uploadReceipt } from '../../shared/api/avatars.ts';
import type { RouteResponse } from '../../shared/api/define-route.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from './api-client.ts';
import type { ApiFailure } from './api-failure.ts';

export type UploadReceipt = RouteResponse<typeof uploadReceipt>;

/**
 * How long the server may send nothing during an upload, in milliseconds. A connection whose other
 * end vanished silently (sleep, another network) would otherwise hang for 15 minutes.
 */
const STALL_LIMIT_MS = MINUTE_MS;

/**
 * How often to ask how much the server has received, in milliseconds. More often would not be
 * noticed.
 */
const RECEIPT_INTERVAL_MS = 250;

/** Returns how much of an upload the server has; null if the server does not know the upload. */
export async function fetchReceipt(
  api: ApiClient,
  uploadUuid: string,
  signal?: AbortSignal,
): Promise<Result<UploadReceipt | null, ApiFailure>> {
  const result = await api.call(uploadReceipt, {
    params: { idempotency_key: uploadUuid },
    ...(signal === undefined ? {} : { signal }),
  });
  return !result.ok && result.failure.code === 'not_found' ? ok(null) : result;
}

/** How to watch a running upload. */
export interface ReceiptWatch {
  readonly signal: AbortSignal;
  onReceipt(receipt: UploadReceipt): void;
  /** The server has sent nothing for so long that the connection must be dead. */
  onStall(): void;
}

/** Polls the progress of an upload until it is stopped. */
export async function watchReceipts(api: ApiClient, uploadUuid: string, watch: ReceiptWatch): Promise<void> {
  const { signal } = watch;
  let heardAtMs = performance.now();
  while (await pause(signal)) {
    const receipt = await fetchReceipt(api, uploadUuid, signal);
    if (signal.aborted) return;
    // Without a receipt only the progress is unknown; the upload's own response decides.
    if (receipt.ok) heardAtMs = performance.now();
    else if (performance.now() - heardAtMs > STALL_LIMIT_MS) return watch.onStall();
    if (receipt.ok && receipt.value !== null) watch.onReceipt(receipt.value);
  }
}

/** Waits until the next poll. Returns false as soon as polling was stopped. */
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

/**
 * `unknown`: the server could not be asked. `with-server`: it has everything and stores it, or has
 * stored it.
 */
export type UploadFate = 'with-server' | 'unfinished' | 'unknown';

/** Asks the server how far an upload got whose last response was lost. */
export async function uploadFate(api: ApiClient, uploadUuid: string): Promise<UploadFate> {
  const receipt = await fetchReceipt(api, uploadUuid);
  if (!receipt.ok) return 'unknown';
  return receipt.value?.state === 'checking' || receipt.value?.state === 'stored' ? 'with-server' : 'unfinished';
}
