import type { Failure } from '../../shared/contract/failure.ts';
import type { TransferView } from '../../shared/contract/transfers.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Log } from '../application.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { NewTransferRow, TransferRow } from '../db/schema.ts';
import type { TransferPatch } from '../db/transfers-repository.ts';
import { createSpeedMeter, type SpeedMeter } from './speed-meter.ts';
import { type Throttled, throttle } from './throttle.ts';
import {
  canCancel,
  canRetry,
  isRunning,
  MAX_TRANSFERS_AT_ONCE,
  OPEN_STATES,
  pickNext,
  retryDelayMs,
  stateAfterFailure,
  stateAfterRestart,
} from './transfer-rules.ts';
import type { AttemptEnd, RunTransfer, TransferRun } from './transfer-run.ts';
import { transferViewFrom } from './transfer-views.ts';

export interface TransferQueueOptions {
  readonly database: LocalDatabase;
  readonly log: Log;
  readonly runUpload: RunTransfer;
  readonly runDownload: RunTransfer;
  /** Whether the server has all of an upload that was just stopped: then it cannot be cancelled any more. */
  isWithServer(transferId: string): Promise<boolean>;
  /** Tells the server that a cancelled upload will not go on. */
  forget(transferId: string): Promise<void>;
  /** Something in the list changed; at most a few times a second. */
  onChange(transfers: TransferView[]): void;
}

/** Runs the durable rows, a few at a time, and keeps what it knows about them in the rows. */
export interface TransferQueue {
  start(): void;
  /** Cuts running transfers off; their rows go on at the next start. */
  stop(): Promise<void>;
  /** All of the rows or none become durable, then they run. */
  add(rows: readonly NewTransferRow[]): void;
  /** Newest first. */
  list(): TransferView[];
  cancel(id: string): void;
  retry(id: string): void;
  /** The server is back: what failed because of it does not wait any longer. */
  retryFailed(): void;
  /** The rows changed by another hand. */
  announce(): void;
}

/** How often the tray hears of progress, in milliseconds. */
const CHANGE_INTERVAL_MS = 250;

const BROKEN: Failure = {
  code: 'internal',
  title: 'Something went wrong here',
  detail: 'This is a fault of the application, not of the file.',
  hint: 'Try again. If it happens again, report it with the log of the application.',
};

export function createTransferQueue(options: TransferQueueOptions): TransferQueue {
  return new DurableQueue(options);
}

interface Running {
  readonly abort: AbortController;
  readonly speed: SpeedMeter;
  doneBytes: number;
  isCancelled: boolean;
  ended: Promise<void>;
}

class DurableQueue implements TransferQueue {
  readonly #options: TransferQueueOptions;
  readonly #running = new Map<string, Running>();
  readonly #retryTimers = new Map<string, NodeJS.Timeout>();
  readonly #changed: Throttled;
  #isStopped = true;
  /** The token is worthless: nothing more is sent until somebody signs in again. */
  #isSignedOut = false;

  constructor(options: TransferQueueOptions) {
    this.#options = options;
    this.#changed = throttle(() => options.onChange(this.list()), CHANGE_INTERVAL_MS);
  }

  start(): void {
    this.#isStopped = false;
    const open = this.#options.database.read.transfers.inStates(OPEN_STATES);
    this.#options.database.write((writers) => {
      for (const row of open) writers.transfers.update(row.id, { state: stateAfterRestart(row.state), attempts: 0 });
    });
    this.#pump();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#retryTimers.values()) clearTimeout(timer);
    this.#retryTimers.clear();
    for (const running of this.#running.values()) running.abort.abort();
    await Promise.all([...this.#running.values()].map((running) => running.ended));
    this.#changed.stop();
  }

  add(rows: readonly NewTransferRow[]): void {
    this.#options.database.write((writers) => {
      for (const row of rows) writers.transfers.insert(row);
    });
    this.#pump();
  }

  list(): TransferView[] {
    const nowMs = performance.now();
    return this.#options.database.read.transfers.newestFirst().map((row) => {
      const running = this.#running.get(row.id);
      const live = running && { doneBytes: running.doneBytes, bytesPerSecond: running.speed.bytesPerSecond(nowMs) };
      return transferViewFrom(row, live ?? null);
    });
  }

  cancel(id: string): void {
    const row = this.#options.database.read.transfers.find(id);
    if (row === null || !canCancel(row.state)) return;
    const running = this.#running.get(id);
    if (running === undefined) {
      this.#update(id, { state: 'cancelled', failure: null });
      this.#pump();
      return;
    }
    running.isCancelled = true;
    running.abort.abort();
  }

  retry(id: string): void {
    const row = this.#options.database.read.transfers.find(id);
    if (row === null || !canRetry(row.state) || this.#running.has(id)) return;
    this.#update(id, { state: 'waiting', attempts: 0, failure: null });
    this.#pump();
  }

  retryFailed(): void {
    for (const row of this.#options.database.read.transfers.inStates(['failed'])) {
      this.#update(row.id, { state: 'waiting' });
    }
    this.#pump();
  }

  announce(): void {
    this.#changed.request();
  }

  #pump(): void {
    if (this.#isStopped || this.#isSignedOut) return;
    const { read } = this.#options.database;
    for (const id of pickNext(read.transfers.inStates(OPEN_STATES), MAX_TRANSFERS_AT_ONCE)) {
      const row = read.transfers.find(id);
      if (row !== null && !this.#running.has(id)) this.#begin(row);
    }
    this.#changed.request();
  }

  #begin(row: TransferRow): void {
    this.#forgetTimer(row.id);
    this.#update(row.id, { state: row.kind === 'upload' ? 'sending' : 'receiving', failure: null });
    const running: Running = {
      abort: new AbortController(),
      speed: createSpeedMeter(),
      doneBytes: 0,
      isCancelled: false,
      ended: Promise.resolve(),
    };
    this.#running.set(row.id, running);
    running.ended = this.#attempt(row, running).finally(() => {
      this.#running.delete(row.id);
      this.#pump();
    });
  }

  async #attempt(row: TransferRow, running: Running): Promise<void> {
    const execute = row.kind === 'upload' ? this.#options.runUpload : this.#options.runDownload;
    try {
      await this.#settle(row, running, await execute(row, this.#runOf(row, running)));
    } catch (error) {
      this.#options.log.error('A transfer broke', { id: row.id, error: String(error) });
      this.#update(row.id, { state: 'refused', failure: BROKEN });
    }
  }

  #runOf(row: TransferRow, running: Running): TransferRun {
    return {
      signal: running.abort.signal,
      progress: (doneBytes) => {
        // What the server has never shrinks within one attempt; answers may overtake each other.
        running.doneBytes = Math.max(running.doneBytes, doneBytes);
        running.speed.record(running.doneBytes, performance.now());
        this.#changed.request();
      },
      enter: (state) => {
        const current = this.#options.database.read.transfers.find(row.id)?.state;
        if (current !== undefined && isRunning(current) && current !== state) this.#update(row.id, { state });
      },
    };
  }

  async #settle(row: TransferRow, running: Running, end: AttemptEnd): Promise<void> {
    switch (end.kind) {
      case 'stored':
        return;
      case 'failed':
        if (running.isCancelled) return this.#settleCancelled(row);
        return this.#settleFailed(row, end);
      default:
        return assertNever(end);
    }
  }

  /** The answer may have been on its way when the request was cut: then it is fetched, not cancelled. */
  async #settleCancelled(row: TransferRow): Promise<void> {
    const isWithServer = row.kind === 'upload' && (await this.#options.isWithServer(row.id));
    // First: a retry that follows at once must not be forgotten, too.
    if (row.kind === 'upload' && !isWithServer) await this.#options.forget(row.id);
    this.#update(row.id, { state: isWithServer ? 'waiting' : 'cancelled', failure: null });
  }

  #settleFailed(row: TransferRow, end: Extract<AttemptEnd, { kind: 'failed' }>): void {
    if (end.because === 'unauthenticated') this.#isSignedOut = true;
    const state = stateAfterFailure(end.because);
    const attempts = row.attempts + 1;
    this.#update(row.id, { state, attempts, failure: state === 'waiting' ? null : end.failure });
    if (state === 'failed') this.#retryLater(row.id, attempts);
  }

  #retryLater(id: string, attempts: number): void {
    if (this.#isStopped) return;
    const timer = setTimeout(
      () => {
        this.#retryTimers.delete(id);
        if (this.#options.database.read.transfers.find(id)?.state !== 'failed') return;
        this.#update(id, { state: 'waiting' });
        this.#pump();
      },
      retryDelayMs(attempts, Math.random),
    );
    this.#retryTimers.set(id, timer);
  }

  #forgetTimer(id: string): void {
    const timer = this.#retryTimers.get(id);
    if (timer !== undefined) clearTimeout(timer);
    this.#retryTimers.delete(id);
  }

  #update(id: string, patch: TransferPatch): void {
    this.#options.database.write((writers) => writers.transfers.update(id, patch));
    this.#changed.request();
  }
}
