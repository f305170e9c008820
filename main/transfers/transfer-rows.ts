import type { Log } from '../../node/log.ts';
import type { TransferState } from '../../shared/contract/transfers.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import type { TransferPatch } from '../db/transfers-repository.ts';

export interface TransferRowsOptions {
  readonly database: LocalDatabase;
  readonly log: Log;
  /** Called when delayed changes are written. */
  onWritten(): void;
}

/** How often writing to a full disk is retried, in milliseconds. */
const WRITE_AGAIN_MS = 5 * SECOND_MS;

/**
 * The rows of the queue, including changes that a full disk could not store. Readers see those
 * changes, which are written as soon as there is space. If the process ends before that, the next
 * start finds the older row and asks the server for the current state.
 */
export class TransferRows {
  readonly #options: TransferRowsOptions;
  readonly #unwritten = new Map<string, TransferPatch>();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(options: TransferRowsOptions) {
    this.#options = options;
  }

  find(id: string): TransferRow | null {
    const row = this.#options.database.read.transfers.find(id);
    return row && this.#withUnwritten(row);
  }

  /** Oldest first. */
  inStates(states: readonly TransferState[]): readonly TransferRow[] {
    const { transfers } = this.#options.database.read;
    if (this.#unwritten.size === 0) return transfers.inStates(states);
    return this.newestFirst()
      .filter(({ state }) => states.includes(state))
      .toReversed();
  }

  newestFirst(): readonly TransferRow[] {
    return this.#options.database.read.transfers.newestFirst().map((row) => this.#withUnwritten(row));
  }

  update(id: string, patch: TransferPatch): void {
    this.updateAll([[id, patch]]);
  }

  /** In one transaction. */
  updateAll(patches: readonly (readonly [id: string, patch: TransferPatch])[]): void {
    for (const [id, patch] of patches) this.#unwritten.set(id, { ...this.#unwritten.get(id), ...patch });
    this.#writeAll();
  }

  /** Discards the unwritten changes of a row that other code has written since then. */
  discardUnwritten(id: string): void {
    this.#unwritten.delete(id);
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writeAll();
  }

  #withUnwritten(row: TransferRow): TransferRow {
    return { ...row, ...this.#unwritten.get(row.id) };
  }

  #writeAll(): boolean {
    if (this.#unwritten.size === 0) return true;
    const patches = [...this.#unwritten];
    // This is a bug. The changes are dropped so that they do not break every later write.
    this.#unwritten.clear();
    const written = this.#options.database.tryWrite((writers) => {
      for (const [id, patch] of patches) writers.transfers.update(id, patch);
    });
    if (written.ok) return true;
    for (const [id, patch] of patches) this.#unwritten.set(id, patch);
    const ids = patches.map(([id]) => id);
    this.#options.log.warn('The state of transfers could not be written yet', { ids, ...written.failure });
    this.#writeLater();
    return false;
  }

  #writeLater(): void {
    if (this.#isStopped || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#writeAll()) this.#options.onWritten();
    }, WRITE_AGAIN_MS);
  }
}
