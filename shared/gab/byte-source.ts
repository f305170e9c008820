/**
 * Random access to the bytes of one file: a File slice, a file handle, a buffer or HTTP ranges.
 * Offsets and lengths are in bytes.
 */
export interface ByteSource {
  readonly size: number;
  /** Returns exactly `length` bytes, or fewer only at the end of the source. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /**
   * Fills `target` with the bytes from `offset` on and returns how many it wrote: fewer than
   * requested only at the end of the source. Optional; lets a reader of large files reuse one
   * buffer instead of allocating one per read.
   */
  readInto?(offset: number, target: Uint8Array): Promise<number>;
}

/** A source for bytes that are already in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.byteLength,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, Math.min(offset + length, bytes.byteLength))),
  };
}
