import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../shared/gab/byte-source.ts';

/**
 * A source over an open file of `sizeBytes` bytes. The caller keeps the handle open while it reads
 * and closes it. Reads reject with the system's error; they give fewer bytes where the file has
 * become shorter.
 */
export function fileHandleSource(handle: Pick<FileHandle, 'read'>, sizeBytes: number): Required<ByteSource> {
  const readInto = async (offset: number, target: Uint8Array) => {
    const wanted = Math.max(0, Math.min(target.byteLength, sizeBytes - offset));
    let filled = 0;
    // A single read may answer less than asked (signals, network file systems).
    while (filled < wanted) {
      const { bytesRead } = await handle.read(target, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  };
  const read = async (offset: number, length: number) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
    return bytes.subarray(0, await readInto(offset, bytes));
  };
  return { size: sizeBytes, read, readInto };
}
