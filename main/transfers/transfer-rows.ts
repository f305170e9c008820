import type { Log } from '../../node/log.ts';
import type { TransferState } from '../../shared/contract/transfers.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import type { TransferPatch } from '../db/transfers-repository.ts';
import { isDiskFault } from '../failures/disk-faults.ts';

export interface TransferRowsOptions {
  readonly database: LocalDatabase;
  readonly log: Log;
  /** What could not be written is written now. */
  onWritten(): void;
}

/** How often a disk that had no room is asked again. */
const WRITE_AGAIN_MS = 5 * SECOND_MS;

/**
 * The rows of the queue as they are meant. What the disk does not take is kept here, seen by every reader, and written when there is
 * room; a process that ends before that finds the older row at its next start and asks the server how things stand.
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

  /** In the order in which they were asked for. */
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

  /** Another hand wrote the row: what was kept here is older than that. */
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
    try {
      this.#options.database.write((writers) => {
        for (const [id, patch] of this.#unwritten) writers.transfers.update(id, patch);
      });
      this.#unwritten.clear();
      return true;
    } catch (error) {
      if (!isDiskFault(error)) {
        // A bug, told where it is: it must not come again with every later write.
        this.#unwritten.clear();
        throw error;
      }
      const ids = [...this.#unwritten.keys()];
      this.#options.log.warn('What became of transfers could not be written yet', { ids, error: String(error) });
      this.#writeLater();
      return false;
    }
  }

  #writeLater(): void {
    if (this.#isStopped || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#writeAll()) this.#options.onWritten();
    }, WRITE_AGAIN_MS);
  }
}
