/** Local header without the name (APPNOTE 4.3.7). */
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const VERSION_STORED = 10;
const VERSION_DEFLATED = 20;
/**
 * January 1, 1980, 00:00, the first moment of DOS time. A constant date keeps equal bundles byte
 * for byte equal.
 */
const DOS_DATE = 33;
const DEFLATED = 8;

/** One entry as the writer describes it in both headers. Sizes in bytes. */
export interface WrittenEntry {
  readonly path: string;
  readonly isStored: boolean;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
}

/** The local header of the profile: no flags, no extra field, constant time. */
export function localHeader(entry: WrittenEntry): Uint8Array {
  const name = new TextEncoder().encode(entry.path);
  const header = new Uint8Array(LOCAL_BYTES + name.byteLength);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x04034b50, true);
  writeShared(view, 4, { ...entry, nameBytes: name.byteLength });
  header.set(name, LOCAL_BYTES);
  return header;
}

/**
 * The record of the central directory: attributes 0, made by DOS. `offset` is the position of the
 * local header.
 */
export function centralRecord(entry: WrittenEntry, offset: number): Uint8Array {
  const name = new TextEncoder().encode(entry.path);
  const record = new Uint8Array(CENTRAL_BYTES + name.byteLength);
  const view = new DataView(record.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, VERSION_DEFLATED, true);
  writeShared(view, 6, { ...entry, nameBytes: name.byteLength });
  view.setUint32(42, offset, true);
  record.set(name, CENTRAL_BYTES);
  return record;
}

export function endRecord(directory: {
  readonly entries: number;
  readonly sizeBytes: number;
  readonly offset: number;
}): Uint8Array {
  const record = new Uint8Array(END_BYTES);
  const view = new DataView(record.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, directory.entries, true);
  view.setUint16(10, directory.entries, true);
  view.setUint32(12, directory.sizeBytes, true);
  view.setUint32(16, directory.offset, true);
  return record;
}

/** The 24 bytes that both headers share, from "version needed" to the length of the name. */
function writeShared(view: DataView, at: number, entry: WrittenEntry & { readonly nameBytes: number }): void {
  view.setUint16(at, entry.isStored ? VERSION_STORED : VERSION_DEFLATED, true);
  view.setUint16(at + 4, entry.isStored ? 0 : DEFLATED, true);
  view.setUint16(at + 8, DOS_DATE, true);
  view.setUint32(at + 10, entry.crc32, true);
  view.setUint32(at + 14, entry.compressedBytes, true);
  view.setUint32(at + 18, entry.sizeBytes, true);
  view.setUint16(at + 22, entry.nameBytes, true);
}
