import { latin1 } from '../sniff.ts';
import type { EndRecord } from './end-record.ts';

const RECORD_BYTES = 46;
const RECORD_SIGNATURE = 0x02014b50;

/**
 * One record of the central directory (APPNOTE 4.3.12). Sizes and offsets are in bytes, as
 * declared: none of them is verified.
 */
export interface DirectoryEntry {
  /** The name, one character per byte. Used for comparing, never shown. */
  readonly rawName: string;
  /** The name as text; it may contain anything. */
  readonly name: string;
  readonly madeBy: number;
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly date: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly extra: Uint8Array;
  readonly commentLength: number;
  readonly diskStart: number;
  readonly externalAttributes: number;
  /** Offset of the local header in the file. */
  readonly offset: number;
}

/**
 * Parses the entries of a directory. Returns `null` unless `bytes` is exactly `count` complete
 * records. The caller limits `count`; the work is limited by the bytes.
 */
export function parseDirectory(bytes: Uint8Array, count: number): DirectoryEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + RECORD_BYTES > bytes.byteLength || view.getUint32(at, true) !== RECORD_SIGNATURE) return null;
    const end =
      at + RECORD_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (end > bytes.byteLength) return null;
    entries.push(readEntry(view, bytes, at));
    at = end;
  }
  return at === bytes.byteLength ? entries : null;
}

function readEntry(view: DataView, bytes: Uint8Array, at: number): DirectoryEntry {
  const nameEnd = at + RECORD_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const nameBytes = bytes.subarray(at + RECORD_BYTES, nameEnd);
  return {
    rawName: latin1(nameBytes),
    name: decodeName(nameBytes),
    madeBy: view.getUint16(at + 4, true),
    versionNeeded: view.getUint16(at + 6, true),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    time: view.getUint16(at + 12, true),
    date: view.getUint16(at + 14, true),
    crc32: view.getUint32(at + 16, true),
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    extra: bytes.slice(nameEnd, extraEnd),
    commentLength: view.getUint16(at + 32, true),
    diskStart: view.getUint16(at + 34, true),
    externalAttributes: view.getUint32(at + 38, true),
    offset: view.getUint32(at + 42, true),
  };
}

/** Most names are UTF-8; others are decoded byte by byte. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return latin1(bytes);
  }
}

/**
 * True if the record needs features that bundles don't have: several disks, or ZIP64 (its fields
 * contain the sentinel values).
 */
export function needsZipFeatures(end: EndRecord): boolean {
  const isSentinel = end.entries === 0xffff || end.directorySize === 0xffffffff || end.directoryOffset === 0xffffffff;
  return isSentinel || end.disk !== 0 || end.directoryDisk !== 0 || end.entriesHere !== end.entries;
}
