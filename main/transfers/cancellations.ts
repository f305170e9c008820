import type { UploadFate } from '../../node/api-client/upload-receipts.ts';
import { type Log, stackOf } from '../../node/log.ts';
import type { TransferRow } from '../db/schema.ts';
import type { TransferPatch } from '../db/transfers-repository.ts';

export interface CancellationOptions {
  readonly log: Log;
  fateOf(transferId: string): Promise<UploadFate>;
  /** Discards the transferred bytes of a transfer that will not continue. */
  forget(row: TransferRow): Promise<void>;
  /** `patch`: its final state. Called before it may start again. */
  onSettled(id: string, patch: TransferPatch): void;
}

const CANCELLED: TransferPatch = { state: 'cancelled', failure: null, doneBytes: 0 };
const CONTINUED: TransferPatch = { state: 'waiting', failure: null };
/** It neither continues nor is called cancelled until the server has said what it has. */
const UNCONFIRMED: TransferPatch = { state: 'paused', failure: { code: 'cancel_unconfirmed' } };

/**
 * An upload whose bytes are all on the server may have been stored: only the response was lost.
 * Nothing that the server has stored is ever called cancelled.
 */
function mayBeStored({ kind, doneBytes, totalBytes }: TransferRow): boolean {
  return kind === 'upload' && doneBytes >= totalBytes;
}

/**
 * Whether a person has cancelled this upload while the server could not say whether it is stored.
 */
export function isCancelUnconfirmed({ state, failure }: Pick<TransferRow, 'state' | 'failure'>): boolean {
  return state === 'paused' && failure?.code === 'cancel_unconfirmed';
}

/** The transfers that people have cancelled, until their final state is certain. */
export class Cancellations {
  readonly #options: CancellationOptions;
  readonly #settling = new Map<string, Promise<void>>();

  constructor(options: CancellationOptions) {
    this.#options = options;
  }

  /**
   * True while the bytes of a transfer are being discarded. It must not start until that is done.
   */
  isSettling(id: string): boolean {
    return this.#settling.has(id);
  }

  /**
   * Cancels a transfer that does not run. Returns its state for now; `onSettled` has the last one.
   */
  begin(row: TransferRow): TransferPatch {
    if (!this.isSettling(row.id)) this.#settling.set(row.id, this.#run(row));
    return mayBeStored(row) ? UNCONFIRMED : CANCELLED;
  }

  /** Cancels a transfer whose attempt has just been cut off. Resolves with its new state. */
  async settle(row: TransferRow): Promise<TransferPatch> {
    if (mayBeStored(row)) {
      const fate = await this.#options.fateOf(row.id);
      if (fate === 'unknown') return UNCONFIRMED;
      if (fate === 'with-server') return CONTINUED;
    }
    await this.#options.forget(row);
    return CANCELLED;
  }

  /** Resolves when nothing is being discarded any longer. Never rejects. */
  async stop(): Promise<void> {
    await Promise.all(this.#settling.values());
  }

  async #run(row: TransferRow): Promise<void> {
    let patch: TransferPatch | null = null;
    try {
      patch = await this.settle(row);
    } catch (error) {
      this.#options.log.warn('Could not discard the bytes of a cancelled transfer', { error: stackOf(error) });
    }
    this.#settling.delete(row.id);
    this.#options.onSettled(row.id, patch ?? {});
  }
}
