import type { Log } from '../../node/log.ts';
import { unlessDamaged } from '../../node/sqlite-damage.ts';
import { type Failure, type FailureCode, isUnreached } from '../../shared/contract/failure.ts';
import type { ProjectPin } from '../../shared/contract/pins.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { PinnedBundle } from '../db/pins-repository.ts';
import { isFileFailure } from '../failures/file-failure.ts';
import type { BundleCache } from '../files/bundle-cache.ts';
import type { PinnedHashes } from './pinned-hashes.ts';
import { Prefetcher } from './prefetcher.ts';

export interface PinsOptions {
  readonly database: LocalDatabase;
  readonly cache: Pick<BundleCache, 'holds' | 'trim'>;
  readonly pinned: PinnedHashes;
  readonly log: Log;
  /** Fetches a version's bundle into the cache. Shares the download with a running preview. */
  fetch(versionUuid: VersionUuid): Promise<Result<unknown, Failure>>;
  /** The failure if the disk of the cache has too little space. Absent: not checked. */
  findLackOfSpace?(neededBytes: number): Promise<Failure | null>;
  /** Cancels a fetch that was started here. */
  cancel(versionUuid: VersionUuid): void;
  /** Called when the pins of these projects have changed, at most a few times per second. */
  onChange(projectUuids: readonly string[]): void;
}

/** Projects whose bundles stay on this machine: fetched in the background, never evicted, following new versions. */
export interface Pins {
  /** Fails with `not_enough_space` before anything is stored if the bundles would not fit. */
  set(projectUuid: string, isPinned: boolean): Promise<Result<null, Failure>>;
  /** Null: the project is not pinned. */
  view(projectUuid: string): ProjectPin | null;
  /** Called when the library has changed or the server is back. Fetches what is missing. */
  refresh(): void;
  /** Reports the progress of a download. Bundles that are not pinned are ignored. */
  noteProgress(versionUuid: VersionUuid, doneBytes: number): void;
  stop(): Promise<void>;
}

/** Failed fetches are retried, because space may have been freed or the server repaired. */
const RETRY_DELAY_MS = 60 * SECOND_MS;
/** The bundle arrives when the server is there again. */
const WAITING_CODES: ReadonlySet<FailureCode> = new Set(['not_downloaded', 'stopped']);
/** A few updates per second are enough for a progress line. */
const ANNOUNCE_INTERVAL_MS = 300;

export function createPins(options: PinsOptions): Pins {
  return new AccountPins(options);
}

/** Why a requested bundle is missing, and when that was found, in monotonic milliseconds. */
interface Miss {
  readonly kind: 'waiting' | 'failed';
  readonly atMs: number;
}

class AccountPins implements Pins {
  readonly #options: PinsOptions;
  readonly #stopping = new AbortController();
  readonly #prefetcher: Prefetcher<PinnedBundle>;
  /** The pinned bundles of each project. */
  #wanted: ReadonlyMap<string, readonly PinnedBundle[]> = new Map();
  /** Hashes of the bundles that are in the cache. */
  readonly #kept = new Set<string>();
  readonly #missed = new Map<string, Miss>();
  /** Received bytes of running fetches, by version UUID. */
  readonly #doneBytes = new Map<VersionUuid, number>();
  readonly #changed = new Set<string>();
  #announceTimer: NodeJS.Timeout | null = null;
  #retryTimer: NodeJS.Timeout | null = null;

  constructor(options: PinsOptions) {
    this.#options = options;
    this.#read();
    this.#prefetcher = new Prefetcher(
      {
        list: () => this.#distinct(),
        fetch: (bundle) => this.#fetch(bundle),
        onPass: () => this.#passed(),
        onError: (error) => {
          options.log.warn('Pinned bundles could not be fetched', { error: String(error) });
          this.#retryLater();
        },
      },
      this.#stopping.signal,
    );
  }

  async set(projectUuid: string, isPinned: boolean): Promise<Result<null, Failure>> {
    const { database, cache, log } = this.#options;
    const lack = isPinned ? await this.#lackOfSpaceFor(projectUuid) : null;
    if (lack !== null) return fail(lack);
    const before = this.#wanted.get(projectUuid) ?? [];
    const written = database.tryWrite(({ pins }) => {
      if (isPinned) pins.put(projectUuid, new Date().toISOString());
      else pins.remove(projectUuid);
    });
    if (!written.ok) return written;
    this.refresh();
    this.#announce(projectUuid);
    if (isPinned) return ok(null);
    for (const { uuid, sha256 } of before) {
      if (!this.#options.pinned.has(sha256) && this.#doneBytes.has(uuid)) this.#options.cancel(uuid);
    }
    cache.trim().catch((error: unknown) => log.warn('Bundles could not be evicted', { error: String(error) }));
    return ok(null);
  }

  view(projectUuid: string): ProjectPin | null {
    const bundles = this.#wanted.get(projectUuid);
    if (bundles === undefined) return null;
    let [keptBytes, totalBytes] = [0, 0];
    for (const bundle of bundles) {
      totalBytes += bundle.sizeBytes;
      keptBytes += this.#kept.has(bundle.sha256) ? bundle.sizeBytes : (this.#doneBytes.get(bundle.uuid) ?? 0);
    }
    return { keptBytes: Math.min(keptBytes, totalBytes), totalBytes, state: this.#stateOf(bundles) };
  }

  refresh(): void {
    if (this.#stopping.signal.aborted) return;
    this.#read();
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    if (this.#wanted.size > 0) this.#prefetcher.request();
  }

  noteProgress(versionUuid: VersionUuid, doneBytes: number): void {
    if (!this.#doneBytes.has(versionUuid)) return;
    this.#doneBytes.set(versionUuid, doneBytes);
    for (const [projectUuid, bundles] of this.#wanted) {
      if (bundles.some(({ uuid }) => uuid === versionUuid)) this.#announce(projectUuid);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of [this.#announceTimer, this.#retryTimer]) if (timer !== null) clearTimeout(timer);
    for (const versionUuid of this.#doneBytes.keys()) this.#options.cancel(versionUuid);
    await this.#prefetcher.ended();
  }

  async #lackOfSpaceFor(projectUuid: string): Promise<Failure | null> {
    const { database, cache } = this.#options;
    let neededBytes = 0;
    for (const bundle of database.read.pins.bundles(projectUuid)) {
      if (!(await cache.holds(bundle))) neededBytes += bundle.sizeBytes;
    }
    return (await this.#options.findLackOfSpace?.(neededBytes)) ?? null;
  }

  #read(): void {
    const { pins } = this.#options.database.read;
    this.#wanted = new Map(pins.projectUuids().map((uuid) => [uuid, pins.bundles(uuid)]));
    this.#options.pinned.replace([...this.#wanted.values()].flat().map(({ sha256 }) => sha256));
  }

  #distinct(): readonly PinnedBundle[] {
    const all = [...this.#wanted.values()].flat();
    return [...new Map(all.map((bundle) => [bundle.sha256, bundle])).values()];
  }

  #stateOf(bundles: readonly PinnedBundle[]): ProjectPin['state'] {
    const missing = bundles.filter(({ sha256 }) => !this.#kept.has(sha256));
    if (missing.length === 0) return 'kept';
    const misses = missing.map(({ sha256 }) => this.#missed.get(sha256)?.kind);
    if (misses.includes('failed')) return 'failed';
    return misses.includes('waiting') ? 'waiting' : 'fetching';
  }

  /** False ends the pass: without a server, or room on the disk, the others would fail, too. */
  async #fetch(bundle: PinnedBundle): Promise<boolean> {
    const { sha256, uuid } = bundle;
    // Unpinned, or gone from the library, since the pass began.
    if (!this.#options.pinned.has(sha256) || this.#failedJustNow(sha256)) return true;
    if (await this.#options.cache.holds(bundle)) {
      this.#settle(bundle, null);
      return true;
    }
    if (this.#kept.delete(sha256)) this.#announceAll(sha256);
    this.#doneBytes.set(uuid, 0);
    const result = await this.#options.fetch(uuid).finally(() => this.#doneBytes.delete(uuid));
    if (result.ok) this.#settle(bundle, null);
    else return this.#missedBecause(bundle, result.failure);
    return true;
  }

  #failedJustNow(sha256: string): boolean {
    const missed = this.#missed.get(sha256);
    return missed?.kind === 'failed' && performance.now() - missed.atMs < RETRY_DELAY_MS;
  }

  #missedBecause(bundle: PinnedBundle, failure: Failure): boolean {
    const { sha256, uuid } = bundle;
    if (this.#stopping.signal.aborted || !this.#options.pinned.has(sha256)) return true;
    const isWaiting = isUnreached(failure.code) || WAITING_CODES.has(failure.code);
    const isNewFailure = !isWaiting && this.#missed.get(sha256)?.kind !== 'failed';
    if (isNewFailure) this.#options.log.warn('A pinned bundle could not be fetched', { avatar: uuid, ...failure });
    this.#settle(bundle, isWaiting ? 'waiting' : 'failed');
    return !isWaiting && !isFileFailure(failure);
  }

  #settle({ sha256 }: PinnedBundle, miss: Miss['kind'] | null): void {
    const before = `${this.#kept.has(sha256)} ${this.#missed.get(sha256)?.kind}`;
    if (miss === null) {
      this.#kept.add(sha256);
      this.#missed.delete(sha256);
    } else {
      this.#missed.set(sha256, { kind: miss, atMs: performance.now() });
    }
    if (before !== `${this.#kept.has(sha256)} ${this.#missed.get(sha256)?.kind}`) this.#announceAll(sha256);
  }

  #passed(): void {
    if (this.#distinct().some(({ sha256 }) => !this.#kept.has(sha256))) this.#retryLater();
  }

  #retryLater(): void {
    if (this.#retryTimer !== null || this.#stopping.signal.aborted) return;
    this.#retryTimer = setTimeout(() => unlessDamaged(() => this.refresh()), RETRY_DELAY_MS);
    this.#retryTimer.unref();
  }

  #announceAll(sha256: string): void {
    for (const [projectUuid, bundles] of this.#wanted) {
      if (bundles.some((bundle) => bundle.sha256 === sha256)) this.#announce(projectUuid);
    }
  }

  #announce(projectUuid: string): void {
    this.#changed.add(projectUuid);
    this.#announceTimer ??= setTimeout(() => {
      this.#announceTimer = null;
      const projectUuids = [...this.#changed];
      this.#changed.clear();
      this.#options.onChange(projectUuids);
    }, ANNOUNCE_INTERVAL_MS);
  }
}
