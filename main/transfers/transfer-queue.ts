import type { UploadFate } from '../../node/api-client/upload-receipts.ts';
import { type Log, stackOf } from '../../node/log.ts';
import type { TransferView } from '../../shared/contract/transfers.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { LocalDatabase, Writers } from '../db/local-database.ts';
import type { NewTransferRow, TransferRow } from '../db/schema.ts';
import { OPEN_STATES, UNSUCCESSFUL_STATES } from '../db/transfer-states.ts';
import type { TransferPatch } from '../db/transfers-repository.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import { createRetryTimers, type RetryTimers } from '../timing/retry-timers.ts';
import { type Throttled, throttle } from '../timing/throttle.ts';
import { Cancellations, isCancelUnconfirmed } from './cancellations.ts';
import { RunningTransfer } from './running-transfer.ts';
import { TransferRows } from './transfer-rows.ts';
import {
  canCancel,
  canPause,
  canRetry,
  isRunning,
  MAX_TRANSFERS_AT_ONCE,
  pickNext,
  pickUnfitting,
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
  /**
   * How far an upload got whose last response was lost. If the server has it, it can't be
   * cancelled.
   */
  fateOf(transferId: string): Promise<UploadFate>;
  /** Discards the transferred bytes of a transfer that will not continue. */
  forget(row: TransferRow): Promise<void>;
  /** Something in the list changed; at most a few times a second. */
  onChange(transfers: TransferView[]): void;
}

/**
 * The shortest time between two automatic attempts of uploads that did not fit, in milliseconds.
 * Each is one small request, but the library may change several times a second.
 */
const UNFITTING_INTERVAL_MS = MINUTE_MS;
/** The shortest time between two progress events for the tray, in milliseconds. */
const CHANGE_INTERVAL_MS = 250;

type FailedEnd = Extract<AttemptEnd, { kind: 'failed' }>;

/** Runs the stored transfers, a few at a time, and writes their progress to their rows. */
export class TransferQueue {
  readonly #options: TransferQueueOptions;
  readonly #rows: TransferRows;
  readonly #running = new Map<string, RunningTransfer>();
  readonly #cancellations: Cancellations;
  /** Uploads that did not fit and are tried again; if one fits now, the next one follows. */
  readonly #scouts = new Set<string>();
  readonly #retryTimers: RetryTimers = createRetryTimers((id) => this.#retryNow(id));
  readonly #changed: Throttled;
  readonly #unfitting: Throttled;
  #isStopped = true;
  /** The token is no longer valid. Nothing is sent until somebody signs in again. */
  #isSignedOut = false;
  /**
   * The server could not be reached. Only the retry timers of failed transfers try again. The
   * others wait for them.
   */
  #isOffline = false;

  constructor(options: TransferQueueOptions) {
    this.#options = options;
    const { database, log } = options;
    this.#rows = new TransferRows({ database, log, onWritten: () => this.#startWaiting() });
    this.#cancellations = new Cancellations({ ...options, onSettled: (id, patch) => this.#cancelled(id, patch) });
    this.#unfitting = throttle(() => this.#retryUnfitting(), UNFITTING_INTERVAL_MS);
    this.#changed = throttle(() => options.onChange(this.list()), CHANGE_INTERVAL_MS);
  }

  start(): void {
    this.#isStopped = false;
    const open = this.#rows.inStates(OPEN_STATES);
    this.#rows.updateAll(open.map(({ id, state }) => [id, { state: stateAfterRestart(state), attempts: 0 }]));
    this.#startWaiting();
  }

  /** Cuts off running transfers. They continue at the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#retryTimers.stop();
    for (const running of this.#running.values()) running.stop(null);
    await Promise.all([...this.#running.values()].map((running) => running.ended));
    await this.#cancellations.stop();
    this.#rows.stop();
    this.#unfitting.stop();
    this.#changed.stop();
  }

  /**
   * Stores all rows or none in one transaction, together with the writes of `also`, then starts
   * them.
   */
  add(rows: readonly NewTransferRow[], also: (writers: Writers) => void = () => undefined): Result<null, WriteFailure> {
    const added = this.#options.database.tryWrite((writers) => {
      for (const row of rows) writers.transfers.insert(row);
      also(writers);
      return null;
    });
    if (added.ok) this.#startWaiting();
    return added;
  }

  /** Newest first. */
  list(): TransferView[] {
    const nowMs = performance.now();
    const gates = { isSignedOut: this.#isSignedOut, isOffline: this.#isOffline };
    const rows = this.#rows.newestFirst();
    const leaders = new Map(rows.map((row) => [row.id, row]));
    return rows.map((row) => {
      const leader = row.avatarUuid === null ? (leaders.get(row.followsId ?? '') ?? null) : null;
      return transferViewFrom(row, this.#running.get(row.id)?.progressAt(nowMs) ?? null, { ...gates, leader });
    });
  }

  cancel(id: string): void {
    const row = this.#rows.find(id);
    if (row === null || !canCancel(row.state)) return;
    const running = this.#running.get(id);
    if (running !== undefined) running.stop('cancel');
    else this.#endWaiting(id, this.#cancellations.begin(row));
    this.#startWaiting();
  }

  retry(id: string): void {
    this.#isOffline = false;
    this.#retryRow(this.#rows.find(id));
    this.#startWaiting();
  }

  /** Retries all transfers that failed, were refused or were cancelled. */
  retryAll(): void {
    this.#isOffline = false;
    for (const row of this.#rows.inStates(UNSUCCESSFUL_STATES)) this.#retryRow(row);
    this.#startWaiting();
  }

  /**
   * Pauses a transfer until it is resumed, even across a restart. The transferred bytes are kept.
   */
  pause(id: string): void {
    this.#pauseRow(this.#rows.find(id));
    this.#startWaiting();
  }

  resume(id: string): void {
    this.#running.get(id)?.cancelPause();
    this.#resumeRow(this.#rows.find(id));
    this.#startWaiting();
  }

  pauseAll(): void {
    for (const row of this.#rows.inStates(OPEN_STATES)) this.#pauseRow(row);
    this.#startWaiting();
  }

  resumeAll(): void {
    for (const running of this.#running.values()) running.cancelPause();
    const paused = this.#rows.inStates(['paused']);
    for (const row of paused.filter((one) => !isCancelUnconfirmed(one))) this.#resumeRow(row);
    this.#startWaiting();
  }

  /**
   * Call when the server is back. Retries failed transfers now, except those that the server asked
   * to wait, and asks how far uploads got that were cancelled without it.
   */
  retryFailed(): void {
    if (this.#isStopped) return;
    this.#isOffline = false;
    for (const row of this.#rows.inStates(['failed'])) {
      if (this.#retryTimers.mustWait(row.id)) continue;
      this.#retryTimers.forget(row.id);
      this.#update(row.id, { state: 'waiting' });
    }
    for (const row of this.#rows.inStates(['paused']).filter(isCancelUnconfirmed)) this.#cancellations.begin(row);
    this.#startWaiting();
  }

  /**
   * Call when a quota may have become larger or less full. Retries uploads that did not fit, the
   * oldest of each project; when one is stored, the next one follows.
   */
  storageMayHaveChanged(): void {
    if (!this.#isStopped && this.#findUnfitting().length > 0) this.#unfitting.request();
  }

  /** Reports a change that other code made to the rows. */
  announce(): void {
    this.#changed.request();
  }

  #findUnfitting(): readonly string[] {
    return pickUnfitting(this.#rows.inStates(['refused']));
  }

  #retryUnfitting(): void {
    for (const id of this.#findUnfitting()) {
      this.#scouts.add(id);
      this.#retryRow(this.#rows.find(id));
    }
    this.#startWaiting();
  }

  #pauseRow(row: TransferRow | null): void {
    if (row === null || !canPause(row.state)) return;
    const running = this.#running.get(row.id);
    if (running === undefined) this.#endWaiting(row.id, { state: 'paused', failure: null });
    else running.stop('pause');
  }

  #endWaiting(id: string, patch: TransferPatch): void {
    this.#retryTimers.forget(id);
    this.#update(id, patch);
    // No retry timer is left that would try to reach the server, so the next transfer does.
    if (this.#retryTimers.isEmpty()) this.#isOffline = false;
  }

  #resumeRow(row: TransferRow | null): void {
    if (row?.state === 'paused') this.#update(row.id, { state: 'waiting', attempts: 0, failure: null });
  }

  #retryRow(row: TransferRow | null): void {
    if (row === null || !canRetry(row.state) || this.#running.has(row.id)) return;
    this.#retryTimers.forget(row.id);
    this.#update(row.id, { state: 'waiting', attempts: 0, failure: null });
  }

  /** `scout`: this transfer may start although the server could not be reached. */
  #startWaiting(scout: string | null = null): void {
    this.#changed.request();
    if (this.#isStopped || this.#isSignedOut) return;
    for (const id of pickNext(this.#rows.inStates(OPEN_STATES), MAX_TRANSFERS_AT_ONCE)) {
      if (this.#isOffline && id !== scout) continue;
      const row = this.#rows.find(id);
      if (row !== null && !this.#running.has(id) && !this.#cancellations.isSettling(id)) this.#begin(row);
    }
  }

  #begin(row: TransferRow): void {
    this.#retryTimers.forget(row.id);
    this.#update(row.id, { state: row.kind === 'upload' ? 'sending' : 'receiving', failure: null });
    const running = new RunningTransfer();
    this.#running.set(row.id, running);
    running.ended = this.#attempt(row, running).finally(() => {
      this.#running.delete(row.id);
      this.#startWaiting();
    });
  }

  async #attempt(row: TransferRow, running: RunningTransfer): Promise<void> {
    const execute = row.kind === 'upload' ? this.#options.runUpload : this.#options.runDownload;
    try {
      await this.#settle(row, running, await execute(row, this.#runOf(row, running)));
    } catch (error) {
      this.#options.log.error('A transfer broke', { id: row.id, error: stackOf(error) });
      this.#update(row.id, { state: 'refused', failure: { code: 'unexpected' } });
    }
  }

  #runOf(row: TransferRow, running: RunningTransfer): TransferRun {
    return {
      signal: running.signal,
      progress: (doneBytes) => {
        running.progress(doneBytes, performance.now());
        this.#changed.request();
      },
      traveled: (sentBytes, streamBytes) => {
        running.traveled(sentBytes, streamBytes);
        this.#changed.request();
      },
      enter: (state) => {
        const current = this.#rows.find(row.id)?.state;
        // With the progress: once the server checks it, it may be stored although the response is
        // lost.
        if (current === undefined || !isRunning(current) || current === state) return;
        this.#update(row.id, { state, ...(state === 'checking' && running.transferred) });
      },
    };
  }

  async #settle(row: TransferRow, running: RunningTransfer, end: AttemptEnd): Promise<void> {
    const { sentBytes, streamBytes } = running.transferred;
    switch (end.kind) {
      case 'stored':
        this.#isOffline = false;
        this.#rows.discardUnwritten(row.id);
        if (this.#scouts.delete(row.id)) this.#retryUnfitting();
        return this.#update(row.id, { sentBytes, ...(streamBytes !== null && { streamBytes }) });
      case 'failed':
        // If this attempt never reached the server, the row keeps the progress of the last one.
        if (streamBytes !== null || running.transferred.doneBytes > 0) this.#update(row.id, running.transferred);
        return this.#settleFailed(row, running, end);
      default:
        return assertNever(end);
    }
  }

  async #settleFailed(row: TransferRow, running: RunningTransfer, end: FailedEnd): Promise<void> {
    if (running.stopped === 'cancel') return this.#settleCancelled(row);
    // Resuming cannot help a transfer that the server or the disk refused.
    if (running.stopped === 'pause' && end.because !== 'refused') {
      return this.#update(row.id, { state: 'paused', failure: null });
    }
    this.#park(row, end);
  }

  #park(row: TransferRow, end: FailedEnd): void {
    if (end.because === 'unauthenticated') this.#isSignedOut = true;
    const state = stateAfterFailure(end.because);
    if (state === 'refused') this.#scouts.delete(row.id);
    const attempts = row.attempts + 1;
    this.#update(row.id, { state, attempts, failure: state === 'waiting' ? null : end.failure });
    if (end.because !== 'cancelled') this.#isOffline = end.because === 'network';
    if (state === 'failed' && !this.#isStopped) this.#retryTimers.set(row.id, { attempts, ...end });
  }

  async #settleCancelled({ id }: TransferRow): Promise<void> {
    const row = this.#rows.find(id);
    // Nothing is updated before, because that may start a retry whose bytes must not be discarded.
    if (row !== null) this.#update(id, await this.#cancellations.settle(row));
  }

  #cancelled(id: string, patch: TransferPatch): void {
    const row = this.#rows.find(id);
    // Somebody may have resumed or retried it in the meantime.
    if (row !== null && (row.state === 'cancelled' || isCancelUnconfirmed(row))) this.#update(id, patch);
    this.#startWaiting();
  }

  #retryNow(id: string): void {
    if (this.#rows.find(id)?.state !== 'failed') return;
    this.#update(id, { state: 'waiting' });
    this.#startWaiting(id);
  }

  #update(id: string, patch: Parameters<TransferRows['update']>[1]): void {
    this.#rows.update(id, patch);
    this.#changed.request();
  }
}
