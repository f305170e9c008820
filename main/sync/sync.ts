import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import type { SessionState } from '../../shared/contract/session.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import { type ApiFailure, cancelledFailure } from '../api/api-failure.ts';
import type { Log } from '../application.ts';
import type { LocalDatabase, Readers, Writers } from '../db/local-database.ts';
import { pull, type SyncScope } from './pull.ts';
import { nextPullDelayMs } from './sync-rules.ts';

export type ConnectionState = SessionState['connection'];

export interface SyncListener {
  connectionChanged(state: ConnectionState): void;
  /** After a commit. An empty list: everything may have changed. */
  libraryChanged(projectUuids: readonly string[]): void;
}

export interface SyncOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly pollIntervalMs: number;
  readonly log: Log;
  readonly listener: SyncListener;
  /** Read before each pull: what the account may see can change. */
  scope(): SyncScope;
}

type PullAnswer = Result<{ readonly syncedAt: string }, Failure>;

/** Keeps the local library like the server's, as long as there is a server. */
export interface Sync {
  start(): void;
  stop(): Promise<void>;
  connection(): ConnectionState;
  syncedAt(): string | null;
  /** Asks the server now; the pull begins after this call, one at a time. `isVisible`: a person waits for it. */
  pullNow(isVisible?: boolean): Promise<PullAnswer>;
  /** Writes what an own, acknowledged operation changed, so that the screen has it at once, then asks the server. */
  applyOwnChange(work: (writers: Writers, readers: Readers) => readonly string[]): void;
  /** Some other request failed: if nobody answers there, that is news here, too. */
  noteFailure(failure: ApiFailure): void;
}

const NOT_STORED: Failure = {
  code: 'disk' satisfies ApplicationFailureCode,
  title: 'Changes could not be stored',
  detail: 'The library on this machine could not be written.',
  hint: 'Check that its disk is not full.',
};

/** The time of the last agreement is written at most this often while nothing changes. */
const SYNCED_AT_INTERVAL_MS = 30 * SECOND_MS;

export function createSync(options: SyncOptions): Sync {
  return new SyncLoop(options);
}

class SyncLoop implements Sync {
  readonly #options: SyncOptions;
  readonly #stopping = new AbortController();
  #state: ConnectionState = 'offline';
  #syncedAt: string | null;
  #storedSyncedAtMs = 0;
  #ownChanges = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<PullAnswer> | null = null;
  #queued: Promise<PullAnswer> | null = null;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#syncedAt = options.database.read.state.syncedAt();
  }

  start(): void {
    void this.pullNow(true);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#queued;
    await this.#running;
    this.#storeSyncedAt(0);
  }

  connection(): ConnectionState {
    return this.#state;
  }

  syncedAt(): string | null {
    return this.#syncedAt;
  }

  pullNow(isVisible = false): Promise<PullAnswer> {
    if (this.#stopping.signal.aborted) return Promise.resolve(fail(cancelledFailure().failure));
    if (this.#running === null) return this.#run(isVisible);
    this.#queued ??= this.#running.then(() => {
      this.#queued = null;
      return this.#run(isVisible);
    });
    return this.#queued;
  }

  applyOwnChange(work: (writers: Writers, readers: Readers) => readonly string[]): void {
    // Signed out while the server answered: the next pull of this account brings it.
    if (!this.#options.database.isOpen()) return;
    const projectUuids = this.#options.database.write(work);
    this.#ownChanges += 1;
    this.#options.listener.libraryChanged(projectUuids);
    void this.pullNow();
  }

  noteFailure(failure: ApiFailure): void {
    if (failure.kind !== 'network' || this.#stopping.signal.aborted) return;
    this.#setState('offline');
    this.#schedule();
  }

  #run(isVisible: boolean): Promise<PullAnswer> {
    const running = this.#pullOnce(isVisible)
      .catch((error: unknown) => this.#broke(error))
      .finally(() => {
        this.#running = null;
        this.#schedule();
      });
    this.#running = running;
    return running;
  }

  async #pullOnce(isVisible: boolean): Promise<PullAnswer> {
    const { api, database, listener } = this.#options;
    const { signal } = this.#stopping;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (isVisible || this.#syncedAt === null) this.#setState('syncing');
    let hasChanged = false;
    const answer = await pull({
      api,
      database,
      signal,
      scope: this.#options.scope(),
      ownChanges: () => this.#ownChanges,
      onCommit: (projectUuids) => {
        hasChanged = true;
        listener.libraryChanged(projectUuids);
      },
      onLongPull: () => this.#setState('syncing'),
    });
    return answer.ok ? this.#succeeded(hasChanged) : this.#failed(answer.failure);
  }

  #succeeded(hasChanged: boolean): PullAnswer {
    const syncedAt = new Date().toISOString();
    this.#syncedAt = syncedAt;
    this.#failures = 0;
    this.#storeSyncedAt(hasChanged ? 0 : SYNCED_AT_INTERVAL_MS);
    this.#state = 'online';
    this.#options.listener.connectionChanged('online');
    return ok({ syncedAt });
  }

  #failed(failure: ApiFailure): PullAnswer {
    if (failure.kind !== 'cancelled') {
      this.#failures += 1;
      this.#setState('offline');
      const isQuiet = failure.kind === 'network';
      if (!isQuiet) this.#options.log.warn('The server refused to tell what changed', { ...failure.failure });
    }
    return fail(failure.failure);
  }

  /** A full disk or a bug: the library stays as it was, and the next pull tries again. */
  #broke(error: unknown): PullAnswer {
    this.#options.log.error('Changes could not be stored', { error: String(error) });
    this.#failures += 1;
    this.#setState('offline');
    return fail(NOT_STORED);
  }

  #setState(state: ConnectionState): void {
    if (this.#state === state || this.#stopping.signal.aborted) return;
    this.#state = state;
    this.#options.listener.connectionChanged(state);
  }

  #storeSyncedAt(minimumIntervalMs: number): void {
    const nowMs = Date.now();
    const syncedAt = this.#syncedAt;
    if (syncedAt === null || nowMs - this.#storedSyncedAtMs < minimumIntervalMs) return;
    this.#storedSyncedAtMs = nowMs;
    this.#options.database.write((writers) => writers.state.setSyncedAt(syncedAt));
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted) return;
    const delayMs = nextPullDelayMs(this.#options.pollIntervalMs, this.#failures, Math.random);
    this.#timer = setTimeout(() => void this.pullNow(), delayMs);
    // A waiting question must not keep a process alive that wants to end.
    this.#timer.unref();
  }
}
