import { type Log, stackOf } from '../../node/log.ts';
import { avatarSummary } from '../../shared/api/avatars.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import type { LocalDatabase, Writers } from '../db/local-database.ts';
import type { ApiFailure } from '../failures/api-failure.ts';
import { Prefetcher } from './prefetcher.ts';

export interface SummariesOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  /** Summaries came that were asked for in the background. */
  onArrived(): void;
  readonly log: Log;
}

/** A stored file, as its row in the library names it. */
export interface StoredVersion {
  readonly versionUuid: VersionUuid;
  readonly sha256: string;
}

/** What stored versions hold: from this machine, or from the server and then kept. */
export interface Summaries {
  /** Undefined: not known here. Null: it is no bundle. */
  known(sha256: string): BundleSummary | null | undefined;
  /** From here, else from the server. Null: it is no bundle. */
  of(version: StoredVersion): Promise<Result<BundleSummary | null, ApiFailure>>;
  /** Asks in the background for one that is wanted now. */
  request(version: StoredVersion): void;
  /** Fetches in the background what a comparison before an activation will need, so that it is there offline. */
  prefetch(): void;
  stop(): Promise<void>;
}

/** At some 10 KiB each this is 20 MiB on this disk; the rest is asked for when it is compared. */
const MAX_PREFETCHES = 2000;

export function createSummaries(options: SummariesOptions): Summaries {
  return new KeptSummaries(options);
}

class KeptSummaries implements Summaries {
  readonly #options: SummariesOptions;
  readonly #stopping = new AbortController();
  /** By sha-256: one request for one file, however many ask for it. */
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

  known(sha256: string): BundleSummary | null | undefined {
    return this.#options.database.read.summaries.find(sha256);
  }

  async of(version: StoredVersion): Promise<Result<BundleSummary | null, ApiFailure>> {
    const known = this.known(version.sha256);
    return known === undefined ? this.#fetch(version) : ok(known);
  }

  request(version: StoredVersion): void {
    if (this.#fetching.has(version.sha256) || this.#stopping.signal.aborted) return;
    void this.#fetch(version).then(
      (answer) => answer.ok && this.#options.onArrived(),
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

  /** Without a server, or on a full disk, the others would fail, too. The next change of the library asks again. */
  async #fetchAhead(version: StoredVersion): Promise<boolean> {
    const answer = await this.#fetch(version);
    return this.#canWrite && (answer.ok || answer.failure.kind === 'refused');
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
    const answer = await api.call(avatarSummary, { params: { avatar_uuid: versionUuid }, signal });
    if (!answer.ok) return fail(answer.failure);
    const { summary } = answer.value;
    // Signed out while the server answered: it is asked for again one day.
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
