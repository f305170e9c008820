import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { type Log, stackOf } from '../../node/log.ts';
import { unlessDamaged } from '../../node/sqlite-damage.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { OperationPatch } from '../db/operations-repository.ts';
import type { OperationRow } from '../db/schema.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import type { Sync } from '../sync/sync.ts';
import { retryDelayMs } from '../timing/retry-delay.ts';
import {
  afterFailure,
  LOOKAHEAD_OPERATIONS,
  MAX_OPERATIONS_AT_ONCE,
  MAX_RETRY_AFTER_MS,
  pickSendable,
} from './outbox-rules.ts';
import { sendOperation } from './send-operation.ts';
import { settleConflict } from './settle-conflict.ts';

export interface SenderOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly sync: Pick<Sync, 'pullNow' | 'noteFailure'>;
  readonly log: Log;
  /** An operation is being sent, or waits again. */
  onSent(): void;
  /** Operations left the outbox or were parked, which changes the library that people see. */
  onSettled(projectUuids: readonly string[]): void;
}

/** Whether the row could be written. */
type Written = Result<unknown, WriteFailure>;

const WRITTEN: Written = ok(null);

/**
 * Sends the pending operations to the server, a few at a time. Those that share an order key are
 * sent in order.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #stopping = new AbortController();
  readonly #sending = new Map<string, Promise<void>>();
  /**
   * Operations that the server has done, with their projects. They are removed after a pull has
   * brought their changes.
   */
  readonly #acknowledged = new Map<string, string>();
  readonly #delayed = new Map<string, NodeJS.Timeout>();
  #settling: Promise<void> = Promise.resolve();
  #isSettling = false;
  #pause: NodeJS.Timeout | null = null;
  #failures = 0;
  #isStarted = false;
  /** The token is no longer valid. Nothing is sent until somebody signs in again. */
  #isSignedOut = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    const written = this.#options.database.tryWrite((writers, readers) => {
      for (const { id } of readers.operations.overlaying()) {
        writers.operations.update(id, { state: 'waiting', attempts: 0 });
      }
    });
    // They are still sent. Only their state is that of the last run.
    if (!written.ok) this.#options.log.warn('Could not write the outbox', written.failure);
    this.sendNext();
  }

  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#stopping.abort();
    this.#endPause();
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    await Promise.all([...this.#sending.values(), this.#settling]);
  }

  /** Call when the server can be reached again: ends all delays. */
  wake(): void {
    this.#endPause();
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    this.#settle();
    this.sendNext();
  }

  /** Starts sending as many operations as allowed. */
  sendNext(): void {
    if (!this.#isStarted || this.#isSignedOut || this.#pause !== null) return;
    const isFull = this.#beginSome(LOOKAHEAD_OPERATIONS);
    // All of the oldest are blocked. One that keeps failing must not block the operations after
    // them.
    if (isFull && this.#sending.size === 0) this.#beginSome();
  }

  /** Returns whether there may be more operations than `limit`. */
  #beginSome(limit?: number): boolean {
    const { operations } = this.#options.database.read;
    const queue = operations.queue(limit);
    const next = pickSendable(queue, {
      isSending: (id) => this.#sending.has(id),
      isAcknowledged: (id) => this.#acknowledged.has(id),
      isDelayed: (id) => this.#delayed.has(id),
      limit: MAX_OPERATIONS_AT_ONCE,
    });
    for (const id of next) this.#begin(operations.find(id));
    return queue.length === limit;
  }

  #begin(row: OperationRow | null): void {
    if (row === null) return;
    const attempt = this.#attempt(row).finally(() => {
      this.#sending.delete(row.id);
      this.sendNext();
    });
    this.#sending.set(row.id, attempt);
  }

  async #attempt(row: OperationRow): Promise<void> {
    try {
      const written = await this.#send(row);
      if (written.ok) return;
      // A full disk passes: the row stays as it is and is sent again later.
      this.#options.log.error('Could not write the outbox', { id: row.id, ...written.failure });
      this.#delay(row);
    } catch (error) {
      this.#onError(row, error);
    }
  }

  async #send(row: OperationRow): Promise<Written> {
    const begun = this.#update(row.id, { state: 'sending', attempts: row.attempts + 1 });
    if (!begun.ok) return begun;
    this.#options.onSent();
    const answer = await sendOperation(this.#options.api, row, this.#stopping.signal);
    if (!answer.ok) return this.#failed(row, answer.failure);
    this.#acknowledge(row);
    return WRITTEN;
  }

  #acknowledge(row: OperationRow): void {
    this.#failures = 0;
    this.#acknowledged.set(row.id, row.projectUuid);
    this.#settle();
  }

  /**
   * Removes acknowledged operations after the pull that brings their changes, so that the screen
   * never shows an older state.
   */
  #settle(): void {
    if (this.#acknowledged.size === 0 || this.#isSettling || !this.#isStarted) return;
    this.#isSettling = true;
    this.#settling = this.#settleAll();
  }

  async #settleAll(): Promise<void> {
    try {
      // Without a server, `wake` tries again.
      while (this.#acknowledged.size > 0 && (await this.#settleBatch()));
    } catch (error) {
      this.#options.log.error('Could not settle the outbox', { error: stackOf(error) });
      this.#pauseFor(null);
    } finally {
      // In the same step as the last check, so that a later acknowledgment starts a new run.
      this.#isSettling = false;
    }
  }

  async #settleBatch(): Promise<boolean> {
    const batch = new Map(this.#acknowledged);
    const pulled = await this.#options.sync.pullNow();
    if (!pulled.ok) return false;
    const written = this.#options.database.tryWrite((writers) => writers.operations.remove([...batch.keys()]));
    if (!written.ok) {
      this.#options.log.error('Could not write the outbox', written.failure);
      this.#pauseFor(null);
      return false;
    }
    for (const id of batch.keys()) this.#acknowledged.delete(id);
    this.#options.onSettled([...new Set(batch.values())]);
    this.sendNext();
    return true;
  }

  async #failed(row: OperationRow, failure: ApiFailure): Promise<Written> {
    const next = afterFailure(failure, row.attempts + 1);
    switch (next) {
      case 'conflict':
        return this.#conflict(row, failure);
      case 'park':
        return this.#park(row, toFailure(failure));
      case 'stop':
        return this.#waitAgain(row);
      case 'sign-in':
        this.#isSignedOut = true;
        return this.#waitAgain(row);
      case 'pause':
        this.#options.sync.noteFailure(failure);
        this.#pauseFor(failure.retryAfterMs);
        return this.#waitAgain(row);
      case 'again':
        this.#delay(row);
        return this.#waitAgain(row);
      default:
        return assertNever(next);
    }
  }

  #waitAgain(row: OperationRow): Written {
    const written = this.#update(row.id, { state: 'waiting' });
    if (written.ok) this.#options.onSent();
    return written;
  }

  #park(row: OperationRow, failure: Failure): Written {
    const written = this.#update(row.id, { state: 'refused', failure });
    if (!written.ok) return written;
    this.#options.onSettled([row.projectUuid]);
    // From now on the screen shows the state of the server, so it is fetched.
    void this.#options.sync.pullNow();
    return WRITTEN;
  }

  /** The conflict shows the state of the server, whose names and pictures come with the feed. */
  async #conflict(row: OperationRow, failure: ApiFailure): Promise<Written> {
    const { database, sync } = this.#options;
    const pulled = await sync.pullNow();
    const end = pulled.ok
      ? database.tryWrite((writers, readers) => settleConflict({ writers, readers }, row, failure))
      : ok('again');
    if (!end.ok) return end;
    if (end.value === 'again') {
      this.#delay(row);
      return this.#waitAgain(row);
    }
    this.#options.onSettled([row.projectUuid]);
    return WRITTEN;
  }

  /**
   * The error is a bug. The operation is parked, so that it blocks no other.
   */
  #onError(row: OperationRow, error: unknown): void {
    const { log } = this.#options;
    log.error('Could not send an operation', { id: row.id, error: stackOf(error) });
    this.#delay(row);
    try {
      const written = this.#update(row.id, { state: 'refused', failure: { code: 'unexpected' } });
      if (written.ok) this.#options.onSettled([row.projectUuid]);
      else log.error('Could not write the outbox', { id: row.id, ...written.failure });
    } catch (again) {
      log.error('Could not write the outbox', { id: row.id, error: stackOf(again) });
    }
  }

  #delay(row: OperationRow): void {
    if (!this.#isStarted) return;
    const timer = setTimeout(
      () => {
        this.#delayed.delete(row.id);
        unlessDamaged(() => this.sendNext());
      },
      retryDelayMs(row.attempts + 1, Math.random),
    );
    this.#delayed.set(row.id, timer);
  }

  #pauseFor(retryAfterMs: number | null): void {
    if (!this.#isStarted) return;
    this.#endPause();
    this.#failures += 1;
    const asked = retryAfterMs === null ? 0 : Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
    const delayMs = Math.max(asked, retryDelayMs(this.#failures, Math.random));
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#settle();
      unlessDamaged(() => this.sendNext());
    }, delayMs);
  }

  #endPause(): void {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }

  #update(id: string, patch: OperationPatch): Written {
    return this.#options.database.tryWrite((writers) => writers.operations.update(id, patch));
  }
}
