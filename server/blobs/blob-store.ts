import type { Readable } from 'node:stream';

export interface BlobInfo {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** The first and the last byte, both included, as in an HTTP Range header. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** A blob that was set aside. */
export interface QuarantinedBlob extends BlobInfo {
  /** The day it was set aside, in UTC: `2026-11-30`. */
  readonly day: string;
}

/**
 * Blobs that no row names are set aside for a while before they are removed: what looks like a
 * leftover may be somebody's work, for example if the database is the wrong one.
 */
export interface BlobQuarantine {
  /** Sets a blob aside. Does nothing if there is no such blob. */
  add(key: string, day: string): Promise<void>;
  list(): AsyncIterable<QuarantinedBlob>;
  /** Returns a blob to its place. */
  putBack(blob: QuarantinedBlob): Promise<void>;
  /** Removes a blob for good. */
  remove(blob: QuarantinedBlob): Promise<void>;
}

/**
 * Stored files. Keys are relative paths with `/` that the server builds from UUIDs only. A blob is
 * written once, as a whole, and never changed: a reader sees all of it or nothing.
 */
export interface BlobStore {
  /**
   * Takes over the local file. Afterwards the blob is durable under `key`, and `path` may be gone.
   */
  putFile(key: string, path: string): Promise<void>;
  /** Like `putFile`, but the local file stays: the blob is a copy. */
  putCopy(key: string, path: string): Promise<void>;
  putBytes(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * Stores the same bytes as the blob `from` under `key`, without a second copy of them, if the
   * store can do that. Returns false if it cannot, or if there is no such blob; nothing is stored
   * then.
   */
  putSame(key: string, from: string): Promise<boolean>;
  /** How many bytes can still be stored; null if the store has no such limit. */
  freeBytes(): Promise<number | null>;
  /** Null if there is no such blob. */
  info(key: string): Promise<BlobInfo | null>;
  /** Rejects with `BlobMissingError` if there is no such blob. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /**
   * Runs `work` with the path of a local file that holds the blob, for threads that read the file
   * themselves. The path is valid only until `work` ends, and the file must not be changed. Rejects
   * with `BlobMissingError` if there is no such blob.
   */
  withLocalFile<Value>(key: string, work: (path: string) => Promise<Value>): Promise<Value>;
  /**
   * Makes the local file `path` with the bytes of the blob. The two may share their blocks on the
   * disk, so nobody may change that file. Rejects with `BlobMissingError` if there is no such blob.
   */
  copyTo(key: string, path: string): Promise<void>;
  /** Does nothing if there is no such blob. */
  remove(key: string): Promise<void>;
  /** All blobs whose keys start with the folder `prefix`. */
  list(prefix: string): AsyncIterable<BlobInfo>;
  readonly quarantine: BlobQuarantine;
}

export class BlobMissingError extends Error {
  constructor(key: string) {
    super(`No blob ${key}`);
    this.name = 'BlobMissingError';
  }
}

/** For `catch`: returns `fallback` if a blob was missing, and rethrows every other error. */
export function ifBlobMissing<Value>(fallback: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof BlobMissingError) return fallback;
    throw error;
  };
}

/**
 * Like `BlobStore.withLocalFile`, for several blobs at once. `work` gets the path of each by its
 * key.
 */
export function withLocalFiles<Value>(
  blobs: BlobStore,
  keys: readonly string[],
  work: (paths: ReadonlyMap<string, string>) => Promise<Value>,
): Promise<Value> {
  const paths = new Map<string, string>();
  const next = ([key, ...rest]: readonly string[]): Promise<Value> => {
    if (key === undefined) return work(paths);
    return blobs.withLocalFile(key, (path) => {
      paths.set(key, path);
      return next(rest);
    });
  };
  return next([...new Set(keys)]);
}
