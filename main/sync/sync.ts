import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, cancelledFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { type Log, stackOf } from '../../node/log.ts';
import { isSqliteDamage, unlessDamaged } from '../../node/sqlite-damage.ts';
import type { ChangeEvent } from '../../shared/api/changes.ts';
import { type Failure, isUnreached } from '../../shared/contract/failure.ts';
import type { SessionState } from '../../shared/contract/session.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase, Readers, Writers } from '../db/local-database.ts';
import type { WriteFailure } from '../failures/disk-faults.ts';
import { type ChangeNotifier, createChangeNotifier } from '../timing/change-notifier.ts';
import { EventConnection } from './event-connection.ts';
import { pull, type SyncScope } from './pull.ts';
import { type PullFailure, writeFailureOf } from './read-feed.ts';
import { hasChanges, nextPullDelayMs, POLL_WHILE_STREAMING_MS } from './sync-rules.ts';

export type ConnectionState = SessionState['connection'];

export interface SyncListener {
  connectionChanged(state: ConnectionState): void;
  /**
   * What the account may see or do may have changed: the server has refused a pull, or the stream of
   * events is up again, and the server ends it whenever access changes.
   */
  accessInDoubt?(): void;
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

/** While nothing changes, the time of the last pull is stored at most this often. */
const SYNCED_AT_INTERVAL_MS = 30 * SECOND_MS;

/** A dead connection that was kept costs one attempt; a few may have been kept. */
const RECONNECT_ATTEMPTS = 3;

/** Keeps the local library up to date while the server can be reached. */
export class Sync {
  readonly #options: SyncOptions;
  readonly #stopping = new AbortController();
  readonly #notifier: ChangeNotifier;
  readonly #events: EventConnection;
  #hasBeenUp = false;
  #state: ConnectionState = 'offline';
  #unreached: Failure | null = null;
  #syncedAt: string | null;
  /** Monotonic: the clock of the machine may be set back. */
  #storedSyncedAtMs = Number.NEGATIVE_INFINITY;
  #ownChanges = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<PullResult> | null = null;
  #queued: Promise<PullResult> | null = null;
  /**
   * By customer: the latest feed number that the server has announced and that was not pulled yet.
   */
  #announcedSeqs = new Map<string, number>();

  constructor(options: SyncOptions) {
    const { api, log, listener } = options;
    this.#options = options;
    this.#notifier = createChangeNotifier((projectUuids) => listener.libraryChanged(projectUuids));
    this.#events = new EventConnection({
      api,
      log,
      onUp: () => this.#onEventsUp(),
      // Shows whether the server is gone. If it is not, this fetches the missed changes.
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

  /** While offline: why the server was not reached; null if it was, or if nothing is known. */
  unreached(): Failure | null {
    return this.#state === 'offline' ? this.#unreached : null;
  }

  syncedAt(): string | null {
    return this.#syncedAt;
  }

  /**
   * Pulls now. The pull starts after this call, one at a time. `isVisible`: a person waits for it.
   */
  pullNow(isVisible = false): Promise<PullResult> {
    if (this.#stopping.signal.aborted) return Promise.resolve(fail(toFailure(cancelledFailure())));
    if (this.#running === null) return this.#run(isVisible);
    this.#queued ??= this.#running.then(() => {
      this.#queued = null;
      return this.#run(isVisible);
    });
    return this.#queued;
  }

  /**
   * Call after sleep, or in another network: pulls, and opens the stream of events again, without
   * waiting for the next poll.
   */
  async reconnect(): Promise<void> {
    this.#options.api.renewConnections();
    this.#events.reconnect();
    for (let attempt = 1; attempt <= RECONNECT_ATTEMPTS; attempt += 1) {
      const pulled = await this.pullNow();
      if (pulled.ok || !isUnreached(pulled.failure.code)) return;
    }
  }

  /**
   * Writes the changes of an acknowledged own operation, so that the screen shows them at once,
   * then pulls.
   */
  applyOwnChange(work: (writers: Writers, readers: Readers) => readonly string[]): Result<null, WriteFailure> {
    // The user signed out in the meantime. The next pull of this account brings the change.
    if (!this.#options.database.isOpen()) return ok(null);
    const projectUuids = this.#options.database.tryWrite(work);
    if (!projectUuids.ok) return projectUuids;
    this.#ownChanges += 1;
    this.#options.listener.libraryChanged(projectUuids.value);
    void this.pullNow();
    return ok(null);
  }

  /** Call when another request failed, so that a lost connection is noticed here, too. */
  noteFailure(failure: ApiFailure): void {
    if (failure.kind !== 'network' || this.#stopping.signal.aborted) return;
    this.#noteUnreached(failure);
    this.#setState('offline');
    this.#schedule();
  }

  #onEventsUp(): void {
    this.#schedule();
    // At first the account has just been read.
    if (this.#hasBeenUp) this.#options.listener.accessInDoubt?.();
    this.#hasBeenUp = true;
  }

  /** There is one pull at a time. Changes announced while it runs are checked after it. */
  #onChangeEvent({ customer_uuid: customerUuid, seq }: ChangeEvent, isFirst: boolean): void {
    const cursor = this.#options.database.read.customers.cursorOf(customerUuid);
    if (!hasChanges({ seq, isFirst, cursor })) return;
    this.#announcedSeqs.set(customerUuid, seq);
    if (this.#running === null) void this.#run(false, this.#takeAnnounced());
  }

  /**
   * Takes the customers with announced changes. Null if one is not followed yet, so that all must
   * be pulled.
   */
  #takeAnnounced(): readonly string[] | null {
    const { customers } = this.#options.database.read;
    const uuids = [...this.#announcedSeqs.keys()];
    this.#announcedSeqs = new Map();
    return uuids.every((uuid) => customers.cursorOf(uuid) !== null) ? uuids : null;
  }

  /** `customers`: pulls only these. Null pulls all. */
  #run(isVisible: boolean, customers: readonly string[] | null = null): Promise<PullResult> {
    if (customers === null) this.#announcedSeqs.clear();
    const running = this.#pullOnce(isVisible, customers)
      .catch((error: unknown) => this.#onError(error))
      .finally(() => {
        this.#running = null;
        this.#notifier.flush();
        unlessDamaged(() => {
          if (!this.#pullAnnounced()) this.#schedule();
        });
      });
    this.#running = running;
    return running;
  }

  /**
   * Pulls the changes announced during the last pull, unless it already brought them. Returns
   * whether it pulls.
   */
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
    this.#unreached = null;
    this.#options.listener.connectionChanged('online');
    // If polling works, the stream may work as well, so it reconnects at once.
    if (isBack && !this.#events.isUp()) this.#events.tryNow();
    return ok({ syncedAt });
  }

  #failed(failure: PullFailure): PullResult {
    if (failure.kind === 'disk') return this.#notStored(writeFailureOf(failure));
    if (failure.kind !== 'cancelled') {
      this.#failures += 1;
      this.#noteUnreached(failure);
      this.#setState('offline');
      const isQuiet = failure.kind === 'network';
      if (!isQuiet) this.#options.log.warn('The server refused to send changes', toFailure(failure));
      if (failure.kind === 'refused') this.#options.listener.accessInDoubt?.();
    }
    return fail(toFailure(failure));
  }

  /** The library stays as it was, and the next pull tries again. */
  #notStored(failure: Failure): PullResult {
    this.#options.log.error('Could not store changes', failure);
    this.#failures += 1;
    this.#setState('offline');
    return fail(failure);
  }

  #onError(error: unknown): PullResult {
    this.#options.log.error('A pull broke', { error: stackOf(error) });
    this.#failures += 1;
    this.#setState('offline');
    return fail({ code: isSqliteDamage(error) ? 'library_damaged' : 'unexpected' });
  }

  /** A certificate or a proxy does not heal by waiting, so it is logged, once. */
  #noteUnreached(apiFailure: ApiFailure): void {
    const failure = toFailure(apiFailure);
    const isNew = JSON.stringify(failure) !== JSON.stringify(this.#unreached);
    this.#unreached = failure;
    if (!isNew || apiFailure.kind !== 'network') return;
    if (failure.code !== 'offline') this.#options.log.warn('The server cannot be reached', failure);
    if (this.#state === 'offline') this.#options.listener.connectionChanged('offline');
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
    const written = this.#options.database.tryWrite((writers) => writers.state.setSyncedAt(syncedAt));
    // This time is only shown, so that losing it does no harm.
    if (!written.ok) this.#options.log.warn('Could not store the time of the last sync', written.failure);
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted) return;
    const { pollIntervalMs } = this.#options;
    const areEventsUp = this.#state === 'online' && this.#events.isUp();
    const intervalMs = areEventsUp ? Math.max(pollIntervalMs, POLL_WHILE_STREAMING_MS) : pollIntervalMs;
    const delayMs = nextPullDelayMs(intervalMs, this.#failures, Math.random);
    this.#timer = setTimeout(() => void this.pullNow(), delayMs);
    // A pending poll must not keep the process alive.
    this.#timer.unref();
  }
}
