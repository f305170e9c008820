import { readSync } from 'node:fs';
import type { ByteSource } from '../shared/gab/byte-source.ts';

/** An open file of `sizeBytes` bytes. The caller keeps it open while it is read. */
export interface OpenFile {
  readonly fd: number;
  readonly sizeBytes: number;
}

/**
 * A source over an open file for a thread that has nothing else to do: it waits for each read
 * itself. A check makes some three hundred small ones, and handing each to another thread and back
 * takes longer than reading, above all on a busy machine. Reads reject with the system's error;
 * they give fewer bytes where the file has become shorter.
 */
export function syncFileSource({ fd, sizeBytes }: OpenFile): Required<ByteSource> {
  const fill = (offset: number, target: Uint8Array) => {
    const wanted = Math.max(0, Math.min(target.byteLength, sizeBytes - offset));
    let filled = 0;
    // A single read may answer less than asked (signals, network file systems).
    while (filled < wanted) {
      const bytesRead = readSync(fd, target, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  };
  // A disk that fails rejects: an exception in an executor does.
  return {
    size: sizeBytes,
    readInto: (offset, target) => new Promise((resolve) => resolve(fill(offset, target))),
    read: (offset, length) =>
      new Promise((resolve) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
        resolve(bytes.subarray(0, fill(offset, bytes)));
      }),
  };
}
