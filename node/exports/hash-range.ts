import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { StopSignal } from '../../shared/lib/file-tree.ts';

export interface HashedRange {
  readonly handle: Pick<FileHandle, 'read'>;
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface RangeDigest {
  readonly sha256: string;
  readonly crc32: number;
}

export interface HashOptions {
  /** Used for every read; its size is that of a block. */
  readonly buffer: Uint8Array;
  readonly signal?: StopSignal;
  readonly onBytes?: (bytes: number) => void;
}

/**
 * SHA-256 and CRC-32 of a part of an open file. Null if the file ends before. Rejects with the
 * system's error, or with the reason of `signal`.
 */
export async function hashRange(
  { handle, offset, sizeBytes }: HashedRange,
  { buffer, signal, onBytes }: HashOptions,
): Promise<RangeDigest | null> {
  const hash = createHash('sha256');
  let crc = 0;
  for (let at = 0; at < sizeBytes; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, sizeBytes - at), offset + at);
    if (bytesRead === 0) return null;
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    crc = crc32(piece, crc);
    onBytes?.(bytesRead);
    at += bytesRead;
  }
  return { sha256: hash.digest('hex'), crc32: crc };
}
