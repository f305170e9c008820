import type { ApiClient } from '../../node/api-client/api-client.ts';
import { withFile } from '../../node/open-file.ts';
import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { PreviewFile } from '../../shared/contract/previews.ts';
import { MAX_BUNDLE_BYTES } from '../../shared/domain/limits.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Readers } from '../db/local-database.ts';
import type { VersionRow } from '../db/schema.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { BundleCache, BundleFacts } from '../files/bundle-cache.ts';
import { bundleAddress } from './bundle-address.ts';
import { fetchBundle } from './fetch-bundle.ts';
import type { BundleResponse } from './media-response.ts';

/** A bundle whose bytes are on this machine. */
export interface BundleFile {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

export interface BundleProgress {
  readonly bundle: BundleReference;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface BundlesOptions {
  readonly api: ApiClient;
  readonly read: Readers;
  readonly cache: BundleCache;
  /** Returns a staged file, or null if it is not staged or not inspected yet. */
  stagedFile(stageId: string): BundleFile | null;
  onProgress(progress: BundleProgress): void;
}

/**
 * The bytes of bundles: stored versions come from the cache or the server, staged files from their
 * own path.
 */
export interface Bundles {
  /** Makes a bundle readable for the window. */
  open(bundle: BundleReference): Promise<Result<PreviewFile, Failure>>;
  /** The same for the application's own use. */
  file(bundle: BundleReference): Promise<Result<BundleFile, Failure>>;
  /** The same only if the bytes are on this machine, else null. */
  local(bundle: BundleReference): Promise<Result<BundleFile | null, Failure>>;
  /** Aborts a fetch that is no longer needed. */
  cancel(bundle: BundleReference): void;
  /** Returns the bytes of an opened bundle, or null if it is not, or no longer, on this machine. */
  read(bundle: BundleReference): Promise<BundleResponse | null>;
  /**
   * Moves the upload copy of a stored version into the cache, so that it need not be downloaded.
   */
  keepUploaded(facts: BundleFacts, path: string): Promise<void>;
  stop(): Promise<void>;
}

interface Fetch {
  readonly stopping: AbortController;
  readonly result: Promise<Result<string, Failure>>;
  waiting: number;
}

export function createBundles(options: BundlesOptions): Bundles {
  return new AccountBundles(options);
}

class AccountBundles implements Bundles {
  readonly #options: BundlesOptions;
  /** By avatar uuid. */
  readonly #fetches = new Map<string, Fetch>();
  /**
   * Upload copies that are being moved into the cache, by SHA-256. Requests wait for them instead
   * of downloading.
   */
  readonly #keeping = new Map<string, Promise<void>>();

  constructor(options: BundlesOptions) {
    this.#options = options;
  }

  async open(bundle: BundleReference): Promise<Result<PreviewFile, Failure>> {
    const file = await this.file(bundle);
    if (!file.ok) return file;
    const { fileName, sizeBytes } = file.value;
    return ok({ url: bundleAddress(bundle), fileName, sizeBytes });
  }

  file(bundle: BundleReference): Promise<Result<BundleFile, Failure>> {
    return onDisk(() => this.#find(bundle));
  }

  local(bundle: BundleReference): Promise<Result<BundleFile | null, Failure>> {
    return onDisk(async () => ok(await this.#here(bundle)));
  }

  cancel(bundle: BundleReference): void {
    if (bundle.kind === 'staged') return;
    const running = this.#fetches.get(bundle.versionUuid);
    if (running === undefined) return;
    running.waiting -= 1;
    if (running.waiting <= 0) running.stopping.abort();
  }

  async read(bundle: BundleReference): Promise<BundleResponse | null> {
    const file = await this.#here(bundle);
    if (file === null) return null;
    const bytes = await readExactly(file);
    return bytes === null ? null : { bytes, contentType: 'application/octet-stream', immutable: false };
  }

  async keepUploaded(facts: BundleFacts, path: string): Promise<void> {
    const kept = this.#options.cache.adopt(facts, path).finally(() => this.#keeping.delete(facts.sha256));
    this.#keeping.set(facts.sha256, kept);
    await kept;
  }

  async stop(): Promise<void> {
    const running = [...this.#fetches.values()];
    for (const { stopping } of running) stopping.abort();
    await Promise.allSettled(running.map(({ result }) => result));
  }

  /** The version must be in this account's library: an address alone must not open cached files. */
  async #here(bundle: BundleReference): Promise<BundleFile | null> {
    if (bundle.kind === 'staged') return this.#options.stagedFile(bundle.stageId);
    const row = this.#options.read.versions.find(bundle.versionUuid);
    // The caller of `keep` gets the failure; here it only means that the file is not cached.
    if (row !== null) await this.#keeping.get(row.sha256)?.catch(() => undefined);
    const path = row === null ? null : await this.#options.cache.find(row);
    return row === null || path === null ? null : fileOf(row, path);
  }

  async #find(bundle: BundleReference): Promise<Result<BundleFile, Failure>> {
    const file = await this.#here(bundle);
    if (file !== null) return ok(file);
    if (bundle.kind === 'staged') return fail({ code: 'stage_gone' });
    const row = this.#options.read.versions.find(bundle.versionUuid);
    if (row === null) return fail({ code: 'version_gone' });
    const fetched = await this.#fetch(row);
    return fetched.ok ? ok(fileOf(row, fetched.value)) : fetched;
  }

  /** Concurrent calls for one bundle share one request. */
  #fetch(row: VersionRow): Promise<Result<string, Failure>> {
    const running = this.#fetches.get(row.uuid);
    if (running !== undefined && !running.stopping.signal.aborted) {
      running.waiting += 1;
      return running.result;
    }
    const { api, cache } = this.#options;
    const stopping = new AbortController();
    const bundle: BundleReference = { kind: 'version', versionUuid: row.uuid };
    const report = (doneBytes: number) => this.#options.onProgress({ bundle, doneBytes, totalBytes: row.sizeBytes });
    const result = fetchBundle({ api, cache, onProgress: report }, row, stopping.signal).finally(() => {
      if (this.#fetches.get(row.uuid)?.stopping === stopping) this.#fetches.delete(row.uuid);
    });
    this.#fetches.set(row.uuid, { stopping, result, waiting: 1 });
    return result;
  }
}

/** Fails if the disk prevents it. */
async function onDisk<Value>(work: () => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  try {
    return await work();
  } catch (error) {
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}

function fileOf({ fileName, sizeBytes }: VersionRow, path: string): BundleFile {
  return { path, fileName, sizeBytes };
}

/**
 * Reads the whole file. Returns null if its size has changed, because it is then not the file that
 * was inspected.
 */
async function readExactly({ path, sizeBytes }: BundleFile): Promise<Uint8Array | null> {
  if (sizeBytes > MAX_BUNDLE_BYTES) return null;
  try {
    return await withFile(path, async (file) =>
      (await file.stat()).size === sizeBytes ? await file.readFile() : null,
    );
  } catch (error) {
    if (fileFailure(error) === null) throw error;
    return null;
  }
}
