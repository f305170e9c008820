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

/**
 * Stored files. Keys are relative paths with `/` that the server builds from UUIDs only. A blob is
 * written once, as a whole, and never changed: a reader sees all of it or nothing.
 */
export interface BlobStore {
  /**
   * Takes over the local file. Afterwards the blob is durable under `key`, and `path` may be gone.
   */
  putFile(key: string, path: string): Promise<void>;
  putBytes(key: string, bytes: Uint8Array): Promise<void>;
  /** Null if there is no such blob. */
  info(key: string): Promise<BlobInfo | null>;
  /** Rejects with `BlobMissingError` if there is no such blob. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /**
   * The path of a blob on this machine, for threads that read the file themselves. The blob need
   * not exist.
   */
  localPath(key: string): string;
  /** Does nothing if there is no such blob. */
  remove(key: string): Promise<void>;
  /** All blobs whose keys start with the folder `prefix`. */
  list(prefix: string): AsyncIterable<BlobInfo>;
}

export class BlobMissingError extends Error {
  constructor(key: string) {
    super(`No blob ${key}`);
    this.name = 'BlobMissingError';
  }
}
