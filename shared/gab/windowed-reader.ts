import { MIB } from '../lib/sizes.ts';
import type { ByteSource } from './byte-source.ts';

/** Largest size of a view, and all the memory that reading a file needs. */
export const WINDOW_BYTES = MIB;

/** The source ended before its declared size: the file shrank while it was being read. */
export class ShortSourceError extends Error {
  override name = 'ShortSourceError';
}

/**
 * Reads a source from front to back through one buffer, so that a bundle of 50 MiB needs 1 MiB and
 * small entries share a read.
 */
export class WindowedReader {
  readonly #source: ByteSource;
  #buffer: Uint8Array | null = null;
  #window: Uint8Array = new Uint8Array();
  #start = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get sizeBytes(): number {
    return this.#source.size;
  }

  /**
   * Returns exactly `length` bytes (at most `WINDOW_BYTES`) from `offset` on. The caller ensures
   * that they are inside the source. The view is valid only until the next call. `fillBytes` is how
   * much to read ahead.
   */
  async view(offset: number, length: number, fillBytes = WINDOW_BYTES): Promise<Uint8Array> {
    const ready = this.peek(offset, length);
    if (ready) return ready;
    await this.#fill(offset, Math.max(length, fillBytes));
    const view = this.peek(offset, length);
    if (!view) throw new ShortSourceError(`the source ended at ${offset + this.#window.byteLength}`);
    return view;
  }

  /** Returns the same bytes if they are already in memory, otherwise `null`. */
  peek(offset: number, length: number): Uint8Array | null {
    const from = offset - this.#start;
    return from >= 0 && from + length <= this.#window.byteLength ? this.#window.subarray(from, from + length) : null;
  }

  async #fill(offset: number, length: number): Promise<void> {
    const wanted = Math.min(length, this.#source.size - offset);
    this.#start = offset;
    this.#window = await this.#load(offset, wanted);
  }

  async #load(offset: number, length: number): Promise<Uint8Array> {
    if (!this.#source.readInto) return this.#source.read(offset, length);
    this.#buffer ??= new Uint8Array(Math.min(WINDOW_BYTES, this.#source.size));
    const target = this.#buffer.subarray(0, length);
    return target.subarray(0, await this.#source.readInto(offset, target));
  }
}
