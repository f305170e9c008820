import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all bytes at a position; a single write may take fewer. Rejects with the system's error.
 */
export async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Collects what is written to one range of a file into blocks, through one buffer, so that many
 * small pieces cost one call of the system.
 */
export class BlockWriter {
  readonly #buffer: Uint8Array;
  #handle: FileHandle | null = null;
  /** Position in the file of the first byte of the buffer. */
  #start = 0;
  #filled = 0;

  constructor(blockBytes: number) {
    this.#buffer = new Uint8Array(blockBytes);
  }

  /** Starts at a position; call `flush` before. */
  begin(handle: FileHandle, position: number): void {
    this.#handle = handle;
    this.#start = position;
    this.#filled = 0;
  }

  /** Where the next byte goes. */
  get position(): number {
    return this.#start + this.#filled;
  }

  /** The free part of the buffer, never empty. Fill it from its start, then call `advance`. */
  async space(): Promise<Uint8Array> {
    if (this.#filled === this.#buffer.byteLength) await this.flush();
    return this.#buffer.subarray(this.#filled);
  }

  advance(bytes: number): void {
    this.#filled += bytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.byteLength; ) {
      const space = await this.space();
      const piece = bytes.subarray(done, done + space.byteLength);
      space.set(piece);
      this.advance(piece.byteLength);
      done += piece.byteLength;
    }
  }

  /** Replaces bytes that were appended since `begin`. */
  async replace(position: number, bytes: Uint8Array): Promise<void> {
    if (position < this.#start) await this.flush();
    if (position < this.#start) await writeAt(this.#open(), bytes, position);
    else this.#buffer.set(bytes, position - this.#start);
  }

  async flush(): Promise<void> {
    if (this.#filled === 0) return;
    await writeAt(this.#open(), this.#buffer.subarray(0, this.#filled), this.#start);
    this.#start += this.#filled;
    this.#filled = 0;
  }

  #open(): FileHandle {
    if (!this.#handle) throw new Error('begin was not called');
    return this.#handle;
  }
}
