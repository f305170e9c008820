import type { FileHandle } from 'node:fs/promises';
import { type DirectoryEntry, parseDirectory } from '../../shared/gab/zip/directory.ts';
import { findEndRecord, MAX_END_RECORD_BYTES, ZIP64_LOCATOR_BYTES } from '../../shared/gab/zip/end-record.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import type { DirectoryPlace } from './zip-records.ts';

/** A directory of a million entries with long names; more would not fit into memory. */
const MAX_DIRECTORY_BYTES = 256 * MIB;
const END64_BYTES = 56;
const SENTINEL_16 = 0xffff;
const SENTINEL_32 = 0xffff_ffff;
const ZIP64_EXTRA = 0x0001;

/** An entry with sizes and offset resolved where they are in a ZIP64 field. */
export type ZipEntry = Pick<DirectoryEntry, 'name' | 'flags' | 'method' | 'crc32' | 'externalAttributes'> & {
  readonly rawName: string;
  readonly compressedSize: number;
  readonly sizeBytes: number;
  readonly offset: number;
};

/**
 * The entries of a ZIP's directory, with or without ZIP64. Null if the file is not a ZIP, was cut,
 * or has a directory that contradicts the file. Rejects with the system's error.
 */
export async function readZipDirectory(handle: FileHandle, fileBytes: number): Promise<ZipEntry[] | null> {
  const place = await findDirectory(handle, fileBytes);
  if (!place || place.sizeBytes > MAX_DIRECTORY_BYTES || place.offset + place.sizeBytes > fileBytes) return null;
  const bytes = await readExactly(handle, place.offset, place.sizeBytes);
  const entries = bytes && parseDirectory(bytes, place.entries);
  const located = entries?.map(locate) ?? [];
  const isWhole = entries !== null && located.every((entry) => entry !== null);
  return isWhole ? located : null;
}

async function findDirectory(handle: FileHandle, fileBytes: number): Promise<DirectoryPlace | null> {
  const tailBytes = Math.min(fileBytes, MAX_END_RECORD_BYTES);
  const tail = await readExactly(handle, fileBytes - tailBytes, tailBytes);
  const end = tail && findEndRecord(tail, fileBytes).tolerant;
  if (!end || end.disk !== end.directoryDisk) return null;
  const { entries, directoryOffset: offset, directorySize: sizeBytes } = end;
  const isZip64 = entries === SENTINEL_16 || offset === SENTINEL_32 || sizeBytes === SENTINEL_32;
  const place64 = isZip64 ? await findDirectory64(handle, end.position) : null;
  return place64 ?? { entries, offset, sizeBytes };
}

async function findDirectory64(handle: FileHandle, endPosition: number): Promise<DirectoryPlace | null> {
  const locator = await readExactly(handle, endPosition - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_BYTES);
  if (locator?.readUInt32LE(0) !== 0x07064b50) return null;
  const end = await readExactly(handle, Number(locator.readBigUInt64LE(8)), END64_BYTES);
  if (end?.readUInt32LE(0) !== 0x06064b50) return null;
  return {
    entries: Number(end.readBigUInt64LE(32)),
    sizeBytes: Number(end.readBigUInt64LE(40)),
    offset: Number(end.readBigUInt64LE(48)),
  };
}

function locate(entry: DirectoryEntry): ZipEntry | null {
  const { name, rawName, flags, method, crc32, externalAttributes } = entry;
  const values = [entry.size, entry.compressedSize, entry.offset];
  const missing = values.filter((value) => value === SENTINEL_32).length;
  const large = missing > 0 ? zip64Values(entry.extra) : [];
  if (large.length < missing) return null;
  // The field has only the values that are missing, in this order.
  const [sizeBytes = 0, compressedSize = 0, offset = 0] = values.map((value) =>
    value === SENTINEL_32 ? (large.shift() ?? 0) : value,
  );
  return { name, rawName, flags, method, crc32, externalAttributes, sizeBytes, compressedSize, offset };
}

function zip64Values(extra: Uint8Array): number[] {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = view.getUint16(at + 2, true);
    const end = at + 4 + length;
    if (end > extra.byteLength) return [];
    if (view.getUint16(at, true) === ZIP64_EXTRA) {
      return Array.from({ length: Math.min(3, Math.floor(length / 8)) }, (_, index) =>
        Number(view.getBigUint64(at + 4 + 8 * index, true)),
      );
    }
    at = end;
  }
  return [];
}

/** Null if the file ends before, or the range starts outside. */
export async function readExactly(handle: FileHandle, offset: number, length: number): Promise<Buffer | null> {
  if (offset < 0 || !Number.isSafeInteger(offset)) return null;
  const bytes = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) return null;
    filled += bytesRead;
  }
  return bytes;
}
