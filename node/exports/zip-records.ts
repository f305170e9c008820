/**
 * The records of a ZIP with stored entries (APPNOTE 6.3.10), with the ZIP64 fields where a size, an
 * offset or the number of entries needs them, and only there: Windows Explorer, unzip, 7z, bsdtar
 * and Python read both forms. Names are UTF-8 and say so; sizes and CRC are in the local header,
 * never behind the data (no data descriptor).
 */

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const END64_BYTES = 56;
const LOCATOR64_BYTES = 20;
/** A field with this value says that the real one is in the ZIP64 record. */
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
const VERSION_STORED = 20;
const VERSION_ZIP64 = 45;
const MADE_BY_UNIX = 3 << 8;
const FLAG_UTF8 = 1 << 11;
const ZIP64_EXTRA = 0x0001;
/** An ordinary file, readable by everybody. */
const ATTRIBUTES = (0o100644 << 16) >>> 0;

export interface StoredEntry {
  /** UTF-8, at most 65,535 bytes. */
  readonly name: Uint8Array;
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly modifiedAt: Date;
  /** Of the local header. */
  readonly offset: number;
}

export type EntrySizes = Pick<StoredEntry, 'name' | 'sizeBytes' | 'offset'>;

export function localHeaderBytes({ name, sizeBytes }: Omit<EntrySizes, 'offset'>): number {
  return LOCAL_BYTES + name.byteLength + extraBytes(isLarge(sizeBytes) ? 2 : 0);
}

export function centralRecordBytes({ name, sizeBytes, offset }: EntrySizes): number {
  return CENTRAL_BYTES + name.byteLength + extraBytes((isLarge(sizeBytes) ? 2 : 0) + (isLarge(offset) ? 1 : 0));
}

/** Fills all of `target`, which has `localHeaderBytes`. */
export function writeLocalHeader(target: Uint8Array, entry: StoredEntry): void {
  const view = viewOf(target);
  const large = isLarge(entry.sizeBytes) ? [entry.sizeBytes, entry.sizeBytes] : [];
  view.setUint32(0, 0x04034b50, true);
  writeShared(view, 4, entry, large.length);
  target.set(entry.name, LOCAL_BYTES);
  writeExtra(view, LOCAL_BYTES + entry.name.byteLength, large);
}

/** Fills all of `target`, which has `centralRecordBytes`. */
export function writeCentralRecord(target: Uint8Array, entry: StoredEntry): void {
  const view = viewOf(target);
  const { name, sizeBytes, offset } = entry;
  const large = [...(isLarge(sizeBytes) ? [sizeBytes, sizeBytes] : []), ...(isLarge(offset) ? [offset] : [])];
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, MADE_BY_UNIX | (large.length > 0 ? VERSION_ZIP64 : VERSION_STORED), true);
  writeShared(view, 6, entry, large.length);
  view.setUint16(32, 0, true);
  view.setUint32(34, 0, true);
  view.setUint32(38, ATTRIBUTES, true);
  view.setUint32(42, Math.min(offset, MAX_32), true);
  target.set(name, CENTRAL_BYTES);
  writeExtra(view, CENTRAL_BYTES + name.byteLength, large);
}

export interface DirectoryPlace {
  readonly entries: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** The records after the directory: the end record, with those of ZIP64 before it if needed. */
export function endRecords(directory: DirectoryPlace): Uint8Array {
  const { entries, offset, sizeBytes } = directory;
  const isZip64 = entries >= MAX_16 || isLarge(offset) || isLarge(sizeBytes);
  const bytes = new Uint8Array((isZip64 ? END64_BYTES + LOCATOR64_BYTES : 0) + END_BYTES);
  const view = viewOf(bytes);
  if (isZip64) writeEnd64(view, directory);
  const at = bytes.byteLength - END_BYTES;
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, Math.min(entries, MAX_16), true);
  view.setUint16(at + 10, Math.min(entries, MAX_16), true);
  view.setUint32(at + 12, Math.min(sizeBytes, MAX_32), true);
  view.setUint32(at + 16, Math.min(offset, MAX_32), true);
  return bytes;
}

function writeEnd64(view: DataView, { entries, offset, sizeBytes }: DirectoryPlace): void {
  view.setUint32(0, 0x06064b50, true);
  // The length of the record does not count its first twelve bytes.
  setUint64(view, 4, END64_BYTES - 12);
  view.setUint16(12, MADE_BY_UNIX | VERSION_ZIP64, true);
  view.setUint16(14, VERSION_ZIP64, true);
  setUint64(view, 24, entries);
  setUint64(view, 32, entries);
  setUint64(view, 40, sizeBytes);
  setUint64(view, 48, offset);
  view.setUint32(END64_BYTES, 0x07064b50, true);
  setUint64(view, END64_BYTES + 8, offset + sizeBytes);
  view.setUint32(END64_BYTES + 16, 1, true);
}

/** The 26 bytes that both headers share, from "version needed" to the length of the extra field. */
function writeShared(view: DataView, at: number, entry: StoredEntry, largeFields: number): void {
  const { name, sizeBytes, crc32, modifiedAt } = entry;
  const { time, date } = dosTime(modifiedAt);
  view.setUint16(at, largeFields > 0 ? VERSION_ZIP64 : VERSION_STORED, true);
  view.setUint16(at + 2, FLAG_UTF8, true);
  view.setUint16(at + 4, 0, true);
  view.setUint16(at + 6, time, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, crc32, true);
  view.setUint32(at + 14, Math.min(sizeBytes, MAX_32), true);
  view.setUint32(at + 18, Math.min(sizeBytes, MAX_32), true);
  view.setUint16(at + 22, name.byteLength, true);
  view.setUint16(at + 24, extraBytes(largeFields), true);
}

function writeExtra(view: DataView, at: number, large: readonly number[]): void {
  if (large.length === 0) return;
  view.setUint16(at, ZIP64_EXTRA, true);
  view.setUint16(at + 2, 8 * large.length, true);
  for (const [index, value] of large.entries()) setUint64(view, at + 4 + 8 * index, value);
}

function extraBytes(largeFields: number): number {
  return largeFields === 0 ? 0 : 4 + 8 * largeFields;
}

function isLarge(value: number): boolean {
  return value >= MAX_32;
}

const FIRST_YEAR = 1980;
const LAST_YEAR = 2107;

/** In UTC, because nobody knows where the ZIP will be read; two seconds are the unit. */
function dosTime(at: Date): { readonly time: number; readonly date: number } {
  const year = at.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return { time: 0, date: (1 << 5) | 1 };
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((year - FIRST_YEAR) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

function setUint64(view: DataView, at: number, value: number): void {
  view.setBigUint64(at, BigInt(value), true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
