/**
 * Collects a file in memory without ever holding it twice: the buffer grows in place. It takes address space for
 * `maxBytes` and memory for what is in it.
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

  /** False, and nothing is added, if the file would become larger than it may. */
  append(bytes: Uint8Array): boolean {
    const length = this.#length + bytes.byteLength;
    if (length > this.#buffer.maxByteLength) return false;
    if (length > this.#buffer.byteLength) this.#buffer.resize(length);
    new Uint8Array(this.#buffer, this.#length).set(bytes);
    this.#length = length;
    return true;
  }

  /** Writes over what is there already. */
  replace(offset: number, bytes: Uint8Array): void {
    new Uint8Array(this.#buffer, offset, bytes.byteLength).set(bytes);
  }

  /** Takes back everything from `length` on. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** The file. The collector is at its end with it. */
  finish(): Uint8Array<ArrayBuffer> {
    this.#buffer.resize(this.#length);
    return new Uint8Array(this.#buffer.transferToFixedLength());
  }
}
