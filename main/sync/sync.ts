import type { Log } from '../../node/log.ts';
import type { ChangeEvent } from '../../shared/api/changes.ts';
import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import type { SessionState } from '../../shared/contract/session.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import type { LocalDatabase, Readers, Writers } from '../db/local-database.ts';
import { type ApiFailure, cancelledFailure } from '../failures/api-failure.ts';
import { isDiskFault } from '../failures/disk-faults.ts';
import { type ChangeNotifier, createChangeNotifier } from '../timing/change-notifier.ts';
import { createEventConnection, type EventConnection } from './event-connection.ts';
import { pull, type SyncScope } from './pull.ts';
import { hasChanges, nextPullDelayMs, POLL_WHILE_STREAMING_MS } from './sync-rules.ts';

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

type PullResult = Result<{ readonly syncedAt: string }, Failure>;

/** Keeps the local library like the server's, as long as there is a server. */
export interface Sync {
  start(): void;
  stop(): Promise<void>;
  connection(): ConnectionState;
  syncedAt(): string | null;
  /** Asks the server now; the pull begins after this call, one at a time. `isVisible`: a person waits for it. */
  pullNow(isVisible?: boolean): Promise<PullResult>;
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
  readonly #notifier: ChangeNotifier;
  readonly #events: EventConnection;
  #state: ConnectionState = 'offline';
  #syncedAt: string | null;
  /** Monotonic: the clock of the machine may be set back. */
  #storedSyncedAtMs = Number.NEGATIVE_INFINITY;
  #ownChanges = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<PullResult> | null = null;
  #queued: Promise<PullResult> | null = null;
  /** By customer: the number of the feed that the server told and that was not asked for yet. */
  #announcedSeqs = new Map<string, number>();

  constructor(options: SyncOptions) {
    const { api, log, listener } = options;
    this.#options = options;
    this.#notifier = createChangeNotifier((projectUuids) => listener.libraryChanged(projectUuids));
    this.#events = createEventConnection({
      api,
      log,
      onUp: () => this.#schedule(),
      // Either the server is gone, which should be seen now, or it is not, and what was missed is asked for.
      onDown: () => void this.pullNow(),
      onEvent: (event, isFirst) => this.#onChangeEvent(event, isFirst),
    });
    this.#syncedAt = options.database.read.state.syncedAt();
  }

  start(): void {
    void this.pullNow(true);
    this.#events.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#events.stop();
    await this.#queued;
    await this.#running;
    this.#notifier.stop();
    this.#storeSyncedAt(0);
  }

  connection(): ConnectionState {
    return this.#state;
  }

  syncedAt(): string | null {
    return this.#syncedAt;
  }

  pullNow(isVisible = false): Promise<PullResult> {
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

  /** One pull at a time: what is told while one runs is looked at when it is over. */
  #onChangeEvent({ customer_uuid: customerUuid, seq }: ChangeEvent, isFirst: boolean): void {
    const cursor = this.#options.database.read.customers.cursorOf(customerUuid);
    if (!hasChanges({ seq, isFirst, cursor })) return;
    this.#announcedSeqs.set(customerUuid, seq);
    if (this.#running === null) void this.#run(false, this.#takeAnnounced());
  }

  /** Those of the customers with news that are followed already; null: one is not, so all are asked for. */
  #takeAnnounced(): readonly string[] | null {
    const { customers } = this.#options.database.read;
    const uuids = [...this.#announcedSeqs.keys()];
    this.#announcedSeqs = new Map();
    return uuids.every((uuid) => customers.cursorOf(uuid) !== null) ? uuids : null;
  }

  /** `customers`: only these have news; null: all are asked for. */
  #run(isVisible: boolean, customers: readonly string[] | null = null): Promise<PullResult> {
    if (customers === null) this.#announcedSeqs.clear();
    const running = this.#pullOnce(isVisible, customers)
      .catch((error: unknown) => this.#onError(error))
      .finally(() => {
        this.#running = null;
        this.#notifier.flush();
        if (!this.#pullAnnounced()) this.#schedule();
      });
    this.#running = running;
    return running;
  }

  /** What was told while the last pull ran, as far as that did not bring it. */
  #pullAnnounced(): boolean {
    if (this.#queued !== null || this.#failures > 0 || this.#stopping.signal.aborted) return false;
    const { customers } = this.#options.database.read;
    for (const [uuid, seq] of this.#announcedSeqs) {
      if (!hasChanges({ seq, isFirst: false, cursor: customers.cursorOf(uuid) })) this.#announcedSeqs.delete(uuid);
    }
    if (this.#announcedSeqs.size === 0) return false;
    void this.#run(false, this.#takeAnnounced());
    return true;
  }

  async #pullOnce(isVisible: boolean, customers: readonly string[] | null): Promise<PullResult> {
    const { api, database } = this.#options;
    const { signal } = this.#stopping;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (isVisible || this.#syncedAt === null) this.#setState('syncing');
    let hasChanged = false;
    const result = await pull({
      api,
      database,
      signal,
      customers,
      scope: this.#options.scope(),
      ownChanges: () => this.#ownChanges,
      onCommit: (projectUuids) => {
        hasChanged = true;
        this.#notifier.changed(projectUuids);
      },
      onLongPull: () => {
        this.#notifier.expectMany();
        this.#setState('syncing');
      },
    });
    return result.ok ? this.#succeeded(hasChanged) : this.#failed(result.failure);
  }

  #succeeded(hasChanged: boolean): PullResult {
    const syncedAt = new Date().toISOString();
    this.#syncedAt = syncedAt;
    this.#failures = 0;
    this.#storeSyncedAt(hasChanged ? 0 : SYNCED_AT_INTERVAL_MS);
    const isBack = this.#state === 'offline';
    this.#state = 'online';
    this.#options.listener.connectionChanged('online');
    // Where polls get through, the stream may, too: it need not wait for its turn.
    if (isBack && !this.#events.isUp()) this.#events.tryNow();
    return ok({ syncedAt });
  }

  #failed(failure: ApiFailure): PullResult {
    if (failure.kind !== 'cancelled') {
      this.#failures += 1;
      this.#setState('offline');
      const isQuiet = failure.kind === 'network';
      if (!isQuiet) this.#options.log.warn('The server refused to tell what changed', { ...failure.failure });
    }
    return fail(failure.failure);
  }

  /** A full disk or a bug: the library stays as it was, and the next pull tries again. */
  #onError(error: unknown): PullResult {
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
    const nowMs = performance.now();
    const syncedAt = this.#syncedAt;
    if (syncedAt === null || nowMs - this.#storedSyncedAtMs < minimumIntervalMs) return;
    this.#storedSyncedAtMs = nowMs;
    try {
      this.#options.database.write((writers) => writers.state.setSyncedAt(syncedAt));
    } catch (error) {
      // It is only shown. What must not be lost is not written here.
      if (!isDiskFault(error)) throw error;
      this.#options.log.warn('The time of the last sync could not be kept', { error: String(error) });
    }
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted) return;
    const { pollIntervalMs } = this.#options;
    const areEventsUp = this.#state === 'online' && this.#events.isUp();
    const intervalMs = areEventsUp ? Math.max(pollIntervalMs, POLL_WHILE_STREAMING_MS) : pollIntervalMs;
    const delayMs = nextPullDelayMs(intervalMs, this.#failures, Math.random);
    this.#timer = setTimeout(() => void this.pullNow(), delayMs);
    // A waiting question must not keep a process alive that wants to end.
    this.#timer.unref();
  }
}
