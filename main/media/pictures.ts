import type { ApiClient } from '../../node/api-client/api-client.ts';
import { fetchPicture } from '../../node/api-client/fetch-picture.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import { sniffImageType } from '../files/image-type.ts';
import type { PictureCache } from '../files/picture-cache.ts';
import type { PictureResponse } from './media-response.ts';
import { Prefetcher } from './prefetcher.ts';

export interface PicturesOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly cache: PictureCache;
  /** Called for errors other than network failures while fetching in the background. */
  onError(error: unknown): void;
}

/** The pictures of versions, from the disk cache or from the server. */
export interface Pictures {
  /** `version` is the hash in the requested address. Returns null if there is no such picture. */
  thumbnail(versionUuid: VersionUuid, version: string | null): Promise<PictureResponse | null>;
  /** Only if it is on this machine. */
  cached(versionUuid: VersionUuid): Promise<Uint8Array | null>;
  /**
   * Fetches missing pictures of the library in the background, so that they are available offline.
   */
  prefetch(): void;
  stop(): Promise<void>;
}

/** About 60 MB on disk. Older pictures are fetched when they are shown. */
const MAX_PREFETCHES = 2000;

export function createPictures(options: PicturesOptions): Pictures {
  return new CachedPictures(options);
}

/** Why there is no picture: the server has none, or it cannot be reached. */
type Missing = 'missing' | 'unreachable';

type Wanted = { readonly versionUuid: VersionUuid; readonly pictureHash: string };

class CachedPictures implements Pictures {
  readonly #options: PicturesOptions;
  readonly #stopping = new AbortController();
  readonly #fetching = new Map<string, Promise<Uint8Array | Missing>>();
  readonly #prefetcher: Prefetcher<Wanted>;

  constructor(options: PicturesOptions) {
    this.#options = options;
    this.#prefetcher = new Prefetcher(
      {
        list: () => options.database.read.versions.pictures(MAX_PREFETCHES),
        fetch: (wanted) => this.#fetchAhead(wanted),
        onError: (error) => options.onError(error),
      },
      this.#stopping.signal,
    );
  }

  async thumbnail(versionUuid: VersionUuid, version: string | null): Promise<PictureResponse | null> {
    // The version must be in this account's library: an address alone must not open cached files.
    const pictureHash = this.#options.database.read.versions.find(versionUuid)?.pictureHash ?? null;
    if (pictureHash === null) return null;
    const bytes = (await this.#options.cache.read(pictureHash)) ?? (await this.#fetch({ versionUuid, pictureHash }));
    const contentType = typeof bytes === 'string' ? null : sniffImageType(bytes);
    if (typeof bytes === 'string' || contentType === null) return null;
    return { bytes, contentType, immutable: version === pictureHash };
  }

  async cached(versionUuid: VersionUuid): Promise<Uint8Array | null> {
    const pictureHash = this.#options.database.read.versions.find(versionUuid)?.pictureHash ?? null;
    return pictureHash === null ? null : this.#options.cache.read(pictureHash);
  }

  prefetch(): void {
    this.#prefetcher.request();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#prefetcher.ended();
    await Promise.allSettled(this.#fetching.values());
  }

  /**
   * Returns false if the server cannot be reached, because the others would fail, too. The next
   * library change retries.
   */
  async #fetchAhead(wanted: Wanted): Promise<boolean> {
    const { cache } = this.#options;
    if (!(await cache.hasRoom())) return false;
    return (await cache.has(wanted.pictureHash)) || (await this.#fetch(wanted)) !== 'unreachable';
  }

  /** Concurrent calls for one picture share one request. */
  #fetch(wanted: Wanted): Promise<Uint8Array | Missing> {
    const running = this.#fetching.get(wanted.pictureHash);
    if (running !== undefined) return running;
    const fetching = this.#fetchAndKeep(wanted).finally(() => this.#fetching.delete(wanted.pictureHash));
    this.#fetching.set(wanted.pictureHash, fetching);
    return fetching;
  }

  async #fetchAndKeep({ versionUuid, pictureHash }: Wanted): Promise<Uint8Array | Missing> {
    const result = await fetchPicture(this.#options.api, versionUuid, this.#stopping.signal);
    if (!result.ok) return result.failure.kind === 'refused' ? 'missing' : 'unreachable';
    if (sniffImageType(result.value) === null) return 'missing';
    await this.#options.cache.write(pictureHash, result.value);
    return result.value;
  }
}
