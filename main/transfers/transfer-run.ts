import type { Failure } from '../../shared/contract/failure.ts';
import type { TransferState } from '../../shared/contract/transfers.ts';
import type { TransferRow } from '../db/schema.ts';
import type { ApiFailureKind } from '../failures/api-failure.ts';

/** What a running transfer reports, and how it is told to stop. */
export interface TransferRun {
  readonly signal: AbortSignal;
  /** How much of the file is where it shall be. */
  progress(doneBytes: number): void;
  /** Uploads: what had to travel so far, of what must travel in all. */
  traveled(sentBytes: number, streamBytes: number): void;
  enter(state: Extract<TransferState, 'sending' | 'receiving' | 'checking'>): void;
}

/** How an attempt ended. `stored`: the row says `done` already, written together with what it brought. */
export type AttemptEnd =
  | { readonly kind: 'stored' }
  | {
      readonly kind: 'failed';
      readonly because: ApiFailureKind;
      readonly failure: Failure;
      /** How long the server asked to be left alone, in milliseconds; null: it did not. */
      readonly retryAfterMs?: number | null;
    };

/** One attempt at one transfer. Disk errors are answered as refusals: repeating does not make room. */
export type RunTransfer = (row: TransferRow, run: TransferRun) => Promise<AttemptEnd>;
