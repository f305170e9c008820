import { createHash } from 'node:crypto';
import type { ByteSource } from '../shared/gab/byte-source.ts';
import { MIB } from '../shared/lib/sizes.ts';

export interface FileDigest {
  readonly sizeBytes: number;
  /** Of all bytes, 64 lower-case hex digits. */
  readonly sha256: string;
}

/** Smaller blocks cost twice the time. */
const BLOCK_BYTES = MIB;

/**
 * Makes one pass over a file serve both its hash and its check: a check reads nearly everything in
 * order, so only what continues the bytes that were hashed is hashed, and the rest at the end. The
 * bytes that are checked are those that are hashed. One read at a time, into a buffer that only the
 * next read changes.
 */
export class HashedSource implements ByteSource {
  readonly size: number;
  readonly #inner: Required<ByteSource>;
  readonly #hash = createHash('sha256');
  /** Bytes from the start of the file that are hashed or wait for it. */
  #doneBytes = 0;
  #waiting: Uint8Array | null = null;

  constructor(inner: Required<ByteSource>) {
    this.#inner = inner;
    this.size = inner.size;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#inner.read(offset, length);
  }

  async readInto(offset: number, target: Uint8Array): Promise<number> {
    // The buffer may be the one whose bytes still wait.
    this.#flush();
    const filled = await this.#inner.readInto(offset, target);
    const end = offset + filled;
    if (offset <= this.#doneBytes && end > this.#doneBytes) {
      this.#waiting = target.subarray(this.#doneBytes - offset, filled);
      this.#doneBytes = end;
      // A turn later the reader has given other threads work, and this one would only wait for
      // them.
      setImmediate(() => this.#flush());
    }
    return filled;
  }

  /**
   * Reads what was not read yet. The hash is of the whole file, or of a little over `maxBytes`,
   * where it is larger.
   */
  async finish(maxBytes: number): Promise<FileDigest> {
    const block = new Uint8Array(BLOCK_BYTES);
    let hasMore = true;
    while (hasMore) {
      // What is too large is refused by its size; its end does not matter.
      hasMore = this.#doneBytes <= maxBytes && (await this.readInto(this.#doneBytes, block)) > 0;
    }
    this.#flush();
    return { sha256: this.#hash.digest('hex'), sizeBytes: this.#doneBytes };
  }

  #flush(): void {
    if (this.#waiting) this.#hash.update(this.#waiting);
    this.#waiting = null;
  }
}

/**
 * Reads a file completely, block by block, and returns its size and SHA-256. If the file is larger
 * than `maxBytes`, reading stops a little beyond, and both are those of what was read. Rejects if
 * the file cannot be read.
 */
export function digestOf(source: Required<ByteSource>, maxBytes = Number.POSITIVE_INFINITY): Promise<FileDigest> {
  return new HashedSource(source).finish(maxBytes);
}
