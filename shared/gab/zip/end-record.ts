/** The end-of-central-directory record without its comment (APPNOTE 4.3.16). */
export const END_RECORD_BYTES = 22;
/** The record with the longest possible comment: how far back a reader has to search. */
export const MAX_END_RECORD_BYTES = END_RECORD_BYTES + 0xffff;
export const ZIP64_LOCATOR_BYTES = 20;

const END_SIGNATURE = 0x06054b50;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;

export interface EndRecord {
  /** Offset of the record in the file. */
  readonly position: number;
  readonly disk: number;
  readonly directoryDisk: number;
  readonly entriesHere: number;
  readonly entries: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  readonly commentLength: number;
}

export interface EndRecordSearch {
  /** The record in the last 22 bytes of the file, the only place where a bundle may have it. */
  readonly exact: EndRecord | null;
  /** The last record whose comment reaches the end of the file, where other tools write it. */
  readonly tolerant: EndRecord | null;
  /** Whether the signature occurs anywhere in the searched tail. */
  readonly hasSignature: boolean;
  /** There is a ZIP64 locator before the exact record. */
  readonly hasZip64Locator: boolean;
}

/**
 * Searches for the end record in `tail`, the last bytes of a file (at most `MAX_END_RECORD_BYTES`
 * are needed).
 */
export function findEndRecord(tail: Uint8Array, fileSize: number): EndRecordSearch {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const tailStart = fileSize - tail.byteLength;
  const lastPossible = tail.byteLength - END_RECORD_BYTES;
  const exact = hasSignatureAt(view, lastPossible) ? readRecord(view, lastPossible, tailStart) : null;
  let tolerant: EndRecord | null = null;
  let hasSignature = false;
  for (let at = tail.byteLength - 4; at >= 0 && !tolerant; at -= 1) {
    if (!hasSignatureAt(view, at)) continue;
    hasSignature = true;
    if (at > lastPossible) continue;
    const record = readRecord(view, at, tailStart);
    if (at + END_RECORD_BYTES + record.commentLength === tail.byteLength) tolerant = record;
  }
  return { exact, tolerant, hasSignature, hasZip64Locator: hasLocatorBefore(view, lastPossible) };
}

function hasSignatureAt(view: DataView, at: number): boolean {
  // The first byte alone excludes nearly every position.
  return (
    at >= 0 && view.getUint8(at) === 0x50 && at + 4 <= view.byteLength && view.getUint32(at, true) === END_SIGNATURE
  );
}

function hasLocatorBefore(view: DataView, at: number): boolean {
  const locatorAt = at - ZIP64_LOCATOR_BYTES;
  return locatorAt >= 0 && view.getUint32(locatorAt, true) === ZIP64_LOCATOR_SIGNATURE;
}

function readRecord(view: DataView, at: number, tailStart: number): EndRecord {
  return {
    position: tailStart + at,
    disk: view.getUint16(at + 4, true),
    directoryDisk: view.getUint16(at + 6, true),
    entriesHere: view.getUint16(at + 8, true),
    entries: view.getUint16(at + 10, true),
    directorySize: view.getUint32(at + 12, true),
    directoryOffset: view.getUint32(at + 16, true),
    commentLength: view.getUint16(at + 20, true),
  };
}
