/** Random access to the bytes of one file: a File slice, a file handle, a buffer, HTTP ranges. Offsets and lengths in bytes. */
export interface ByteSource {
  readonly size: number;
  /** Answers exactly `length` bytes, or fewer only where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /**
   * Fills `target` from `offset` on and answers how many bytes it wrote: fewer than asked only where the source ends.
   * Optional: lets a reader of large files use one buffer over and over instead of one per read.
   */
  readInto?(offset: number, target: Uint8Array): Promise<number>;
}

/** A source over bytes that are already in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.byteLength,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, Math.min(offset + length, bytes.byteLength))),
  };
}
