import type { Readable } from 'node:stream';

export interface BlobInfo {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** First and last byte, both included, as in an HTTP Range. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Where stored files live. Keys are relative paths with `/`, made by the server from uuids only.
 * A blob is written once, whole, and never changed: a reader sees all of it or nothing.
 */
export interface BlobStore {
  /** Takes the local file over. Afterwards it is durable under `key` and `path` may be gone. */
  putFile(key: string, path: string): Promise<void>;
  putBytes(key: string, bytes: Uint8Array): Promise<void>;
  /** Null where there is no such blob. */
  info(key: string): Promise<BlobInfo | null>;
  /** Rejects with `BlobMissingError` where there is no such blob. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Where a blob lies on this machine, for threads that read it themselves. There need not be one. */
  localPath(key: string): string;
  /** Removing what is not there is fine. */
  remove(key: string): Promise<void>;
  /** All blobs whose key starts with the folder `prefix`. */
  list(prefix: string): AsyncIterable<BlobInfo>;
}

export class BlobMissingError extends Error {
  constructor(key: string) {
    super(`No blob ${key}`);
    this.name = 'BlobMissingError';
  }
}
