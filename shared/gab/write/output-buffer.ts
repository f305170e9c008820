/**
 * Collects a file in memory without ever holding it twice: the buffer grows in place. It reserves
 * address space for `maxBytes`, but uses memory only for its content.
 */
export class OutputBuffer {
  readonly #buffer: ArrayBuffer;
  #length = 0;

  constructor(maxBytes: number) {
    this.#buffer = new ArrayBuffer(0, { maxByteLength: maxBytes });
  }

  get length(): number {
    return this.#length;
  }

  /** Returns false, and adds nothing, if the file would become too large. */
  append(bytes: Uint8Array): boolean {
    const length = this.#length + bytes.byteLength;
    if (length > this.#buffer.maxByteLength) return false;
    if (length > this.#buffer.byteLength) this.#buffer.resize(length);
    new Uint8Array(this.#buffer, this.#length).set(bytes);
    this.#length = length;
    return true;
  }

  /** Overwrites existing bytes. */
  replace(offset: number, bytes: Uint8Array): void {
    new Uint8Array(this.#buffer, offset, bytes.byteLength).set(bytes);
  }

  /** Removes everything from `length` on. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** Returns the file. The buffer can't be used afterwards. */
  finish(): Uint8Array<ArrayBuffer> {
    this.#buffer.resize(this.#length);
    return new Uint8Array(this.#buffer.transferToFixedLength());
  }
}
