import type { ApiClient } from '../../node/api-client/api-client.ts';
import type { ApiFailure } from '../../node/api-client/api-failure.ts';
import { IN_TRASH_TOO } from '../../node/api-client/in-trash-too.ts';
import { type Log, stackOf } from '../../node/log.ts';
import { avatarSummary } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase, Writers } from '../db/local-database.ts';
import { Prefetcher } from './prefetcher.ts';

export interface SummariesOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  /** Summaries came that were asked for in the background. */
  onArrived(): void;
  readonly log: Log;
}

/** A version with the hash of its file. */
export interface StoredVersion {
  readonly versionUuid: VersionUuid;
  readonly sha256: string;
}

/**
 * Summaries of stored versions. They come from the server once and are then stored on this machine.
 */
export interface Summaries {
  /**
   * Returns a stored summary; undefined if there is none, null if the file is not a valid bundle.
   */
  find(sha256: string): BundleSummary | null | undefined;
  /**
   * Returns a summary from this machine or from the server; null if the file is not a valid bundle.
   */
  of(version: StoredVersion): Promise<Result<BundleSummary | null, ApiFailure>>;
  /** Fetches one summary in the background. */
  request(version: StoredVersion): void;
  /**
   * Fetches in the background the summaries that comparisons before an activation need, so that
   * they work offline.
   */
  prefetch(): void;
  stop(): Promise<void>;
}

/**
 * At about 10 KiB each this is 20 MiB on disk. Other summaries are fetched when they are compared.
 */
const MAX_PREFETCHES = 2000;

export function createSummaries(options: SummariesOptions): Summaries {
  return new KeptSummaries(options);
}

class KeptSummaries implements Summaries {
  readonly #options: SummariesOptions;
  readonly #stopping = new AbortController();
  /** Running requests by SHA-256. Concurrent calls for one file share one request. */
  readonly #fetching = new Map<string, Promise<Result<BundleSummary | null, ApiFailure>>>();
  readonly #prefetcher: Prefetcher<StoredVersion>;
  #canWrite = true;

  constructor(options: SummariesOptions) {
    this.#options = options;
    this.#prefetcher = new Prefetcher(
      {
        list: () => this.#wanted(),
        fetch: (version) => this.#fetchAhead(version),
        onPass: () => options.onArrived(),
        onError: (error) => options.log.error('Summaries could not be fetched', { error: stackOf(error) }),
      },
      this.#stopping.signal,
    );
  }

  find(sha256: string): BundleSummary | null | undefined {
    return this.#options.database.read.summaries.find(sha256);
  }

  async of(version: StoredVersion): Promise<Result<BundleSummary | null, ApiFailure>> {
    const stored = this.find(version.sha256);
    return stored === undefined ? this.#fetch(version) : ok(stored);
  }

  request(version: StoredVersion): void {
    if (this.#fetching.has(version.sha256) || this.#stopping.signal.aborted) return;
    void this.#fetch(version).then(
      (result) => result.ok && this.#options.onArrived(),
      (error: unknown) => this.#options.log.error('A summary could not be fetched', { error: stackOf(error) }),
    );
  }

  prefetch(): void {
    this.#prefetcher.request();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#prefetcher.ended();
    await Promise.allSettled(this.#fetching.values());
  }

  #wanted(): readonly StoredVersion[] {
    const { database } = this.#options;
    this.#write((writers) => writers.summaries.removeUnused());
    return this.#canWrite ? database.read.summaries.wanted(MAX_PREFETCHES) : [];
  }

  /**
   * Without a server, or on a full disk, the others would fail, too. The next library change
   * retries.
   */
  async #fetchAhead(version: StoredVersion): Promise<boolean> {
    const result = await this.#fetch(version);
    return this.#canWrite && (result.ok || result.failure.kind === 'refused');
  }

  #fetch(version: StoredVersion): Promise<Result<BundleSummary | null, ApiFailure>> {
    const running = this.#fetching.get(version.sha256);
    if (running !== undefined) return running;
    const fetching = this.#fetchAndKeep(version).finally(() => this.#fetching.delete(version.sha256));
    this.#fetching.set(version.sha256, fetching);
    return fetching;
  }

  async #fetchAndKeep({ versionUuid, sha256 }: StoredVersion): Promise<Result<BundleSummary | null, ApiFailure>> {
    const { api, database } = this.#options;
    const { signal } = this.#stopping;
    const result = await api.call(avatarSummary, {
      params: { avatar_uuid: versionUuid },
      query: IN_TRASH_TOO,
      signal,
    });
    if (!result.ok) return fail(result.failure);
    const { summary } = result.value;
    // The database is closed if the user has signed out in the meantime.
    if (database.isOpen()) this.#write((writers) => writers.summaries.put(sha256, summary));
    return ok(summary);
  }

  /** On a full disk a summary is used but not kept. */
  #write(work: (writers: Writers) => void): void {
    const written = this.#options.database.tryWrite(work);
    this.#canWrite = written.ok;
    if (!written.ok) this.#options.log.warn('A summary could not be kept', written.failure);
  }
}
