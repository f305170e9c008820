import type { ApiFailureKind } from '../../node/api-client/api-failure.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { TransferState } from '../../shared/contract/transfers.ts';
import type { TransferRow } from '../db/schema.ts';

/** How a running transfer reports its progress, and the signal that stops it. */
export interface TransferRun {
  readonly signal: AbortSignal;
  /** Reports how many bytes of the file have arrived. */
  progress(doneBytes: number): void;
  /** Reports the bytes that an upload has sent so far, and all that it must send. */
  traveled(sentBytes: number, streamBytes: number): void;
  enter(state: Extract<TransferState, 'sending' | 'receiving' | 'checking'>): void;
}

/**
 * How an attempt ended. `stored`: the row already says `done`, written together with the result of
 * the transfer.
 */
export type AttemptEnd =
  | { readonly kind: 'stored' }
  | {
      readonly kind: 'failed';
      readonly because: ApiFailureKind;
      readonly failure: Failure;
      /** How long the server asked us to wait, in milliseconds. Null if it did not ask. */
      readonly retryAfterMs?: number | null;
    };

/**
 * The transfer is done, but the full disk keeps us from recording it. It is retried.
 */
export const RESULT_NOT_SAVED: AttemptEnd = {
  kind: 'failed',
  because: 'unavailable',
  failure: { code: 'result_not_saved' },
};

/**
 * One attempt at one transfer. Disk errors are returned as refusals, because a retry does not free
 * space.
 */
export type RunTransfer = (row: TransferRow, run: TransferRun) => Promise<AttemptEnd>;
