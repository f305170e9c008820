import { crc32, deflateRawSync } from 'node:zlib';

/** Header fields of one entry; given fields replace those derived from the content. */
export interface ZipFields {
  readonly name: Uint8Array;
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly date: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly extra: Uint8Array;
}

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** Stored by default. */
  readonly deflate?: boolean;
  /** Takes the place of the compressed bytes. */
  readonly raw?: Uint8Array;
  /** False fields in both headers, in the local header only, in the central record only. */
  readonly both?: Partial<ZipFields>;
  readonly local?: Partial<ZipFields>;
  readonly central?: Partial<ZipFields>;
  readonly offset?: number;
  readonly diskStart?: number;
  readonly comment?: Uint8Array;
  readonly madeBy?: number;
  readonly externalAttributes?: number;
  /** Bytes before this entry that belong to no entry. */
  readonly gapBefore?: Uint8Array;
  readonly onlyLocal?: boolean;
}

export interface EndFields {
  readonly disk: number;
  readonly directoryDisk: number;
  readonly entriesHere: number;
  readonly entries: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  readonly commentLength: number;
}

const FIRST_DOS_DATE = 33; // 1980-01-01
const encoder = new TextEncoder();

function fieldsOf(entry: ZipEntry, data: Uint8Array): ZipFields {
  return {
    name: encoder.encode(entry.name),
    versionNeeded: entry.deflate ? 20 : 10,
    flags: 0,
    method: entry.deflate ? 8 : 0,
    time: 0,
    date: FIRST_DOS_DATE,
    crc32: crc32(entry.content),
    compressedSize: data.byteLength,
    size: entry.content.byteLength,
    extra: new Uint8Array(),
    ...entry.both,
  };
}

/** The 26 bytes that the local header and the central record share. */
function sharedHeader(fields: ZipFields): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(fields.versionNeeded, 0);
  header.writeUInt16LE(fields.flags, 2);
  header.writeUInt16LE(fields.method, 4);
  header.writeUInt16LE(fields.time, 6);
  header.writeUInt16LE(fields.date, 8);
  header.writeUInt32LE(fields.crc32, 10);
  header.writeUInt32LE(fields.compressedSize, 14);
  header.writeUInt32LE(fields.size, 18);
  header.writeUInt16LE(fields.name.byteLength, 22);
  header.writeUInt16LE(fields.extra.byteLength, 24);
  return header;
}

function localHeader(fields: ZipFields): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), sharedHeader(fields), fields.name, fields.extra]);
}

function centralRecord(entry: ZipEntry, fields: ZipFields, offset: number): Buffer {
  const comment = entry.comment ?? new Uint8Array();
  const tail = Buffer.alloc(14);
  tail.writeUInt16LE(comment.byteLength, 0);
  tail.writeUInt16LE(entry.diskStart ?? 0, 2);
  tail.writeUInt32LE(entry.externalAttributes ?? 0, 6);
  tail.writeUInt32LE(entry.offset ?? offset, 10);
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(entry.madeBy ?? 20);
  const signature = Buffer.from('PK\x01\x02', 'latin1');
  return Buffer.concat([signature, madeBy, sharedHeader(fields), tail, fields.name, fields.extra, comment]);
}

function endRecord(fields: EndFields): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(fields.disk, 4);
  end.writeUInt16LE(fields.directoryDisk, 6);
  end.writeUInt16LE(fields.entriesHere, 8);
  end.writeUInt16LE(fields.entries, 10);
  end.writeUInt32LE(fields.directorySize, 12);
  end.writeUInt32LE(fields.directoryOffset, 16);
  end.writeUInt16LE(fields.commentLength, 20);
  return end;
}

/**
 * Builds a ZIP archive byte by byte. It is correct by default, and every field can be falsified.
 * Deterministic.
 */
export function buildZip(entries: readonly ZipEntry[], end: Partial<EndFields> = {}): Buffer {
  const files: Uint8Array[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  const push = (bytes: Uint8Array) => {
    files.push(bytes);
    offset += bytes.byteLength;
  };
  for (const entry of entries) {
    if (entry.gapBefore) push(entry.gapBefore);
    const data = entry.raw ?? (entry.deflate ? deflateRawSync(entry.content) : entry.content);
    const fields = fieldsOf(entry, data);
    if (!entry.onlyLocal) records.push(centralRecord(entry, { ...fields, ...entry.central }, offset));
    push(localHeader({ ...fields, ...entry.local }));
    push(data);
  }
  const directory = Buffer.concat(records);
  const count = records.length;
  const honest: EndFields = {
    disk: 0,
    directoryDisk: 0,
    entriesHere: count,
    entries: count,
    directorySize: directory.byteLength,
    directoryOffset: offset,
    commentLength: 0,
  };
  return Buffer.concat([...files, directory, endRecord({ ...honest, ...end })]);
}
