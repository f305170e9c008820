import type { SqlitePages } from './sqlite-pages.ts';

/** A row on a page of a table, whichever table that is. */
export interface LooseRow {
  readonly rowId: number;
  readonly values: readonly unknown[];
}

const TABLE_LEAF = 13;
/** The first page begins with the header of the file. */
const FILE_HEADER_BYTES = 100;
const LEAF_HEADER_BYTES = 8;
/** No row of a library is larger. */
const MAX_PAYLOAD_BYTES = 4 * 1024 * 1024;

/**
 * Every row on any page that has one of these numbers of values, without the trees that lead to the
 * pages: they may be damaged. May contain rows that were deleted, if it is not known which pages
 * are free.
 */
export function* looseRows(pages: SqlitePages, counts: ReadonlySet<number>): Generator<LooseRow> {
  const free = freePages(pages);
  for (let number = 1; number <= pages.count; number += 1) {
    const page = free.has(number) ? null : pages.read(number);
    const start = number === 1 ? FILE_HEADER_BYTES : 0;
    if (page?.[start] !== TABLE_LEAF) continue;
    const cells = page.readUInt16BE(start + 3);
    for (let cell = 0; cell < cells; cell += 1) {
      const pointer = start + LEAF_HEADER_BYTES + 2 * cell;
      const row = attempt(() => rowAt({ pages, page, counts }, page.readUInt16BE(pointer)));
      if (row !== null) yield row;
    }
  }
}

/** A damaged page leads outside of itself, which is a `RangeError`. */
function attempt<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The pages that hold nothing, but may still have the bytes of former rows. */
function freePages(pages: SqlitePages): ReadonlySet<number> {
  const free = new Set<number>();
  let trunk = pages.read(1)?.readUInt32BE(32) ?? 0;
  while (trunk !== 0 && !free.has(trunk)) {
    free.add(trunk);
    const page = pages.read(trunk);
    if (page === null) break;
    const leaves = Math.min(page.readUInt32BE(4), pages.pageBytes / 4 - 2);
    for (let leaf = 0; leaf < leaves; leaf += 1) free.add(page.readUInt32BE(8 + 4 * leaf));
    trunk = page.readUInt32BE(0);
  }
  return free;
}

interface Place {
  readonly pages: SqlitePages;
  readonly page: Buffer;
  readonly counts: ReadonlySet<number>;
}

function rowAt({ pages, page, counts }: Place, offset: number): LooseRow | null {
  const payload = readVarint(page, offset);
  const rowId = readVarint(page, payload.end);
  if (payload.value > MAX_PAYLOAD_BYTES || !Number.isSafeInteger(rowId.value)) return null;
  const record = payloadAt(pages, page, { at: rowId.end, bytes: payload.value });
  const types = record === null ? [] : typesOf(record);
  if (record === null || !counts.has(types.length)) return null;
  return { rowId: rowId.value, values: valuesOf(record, types) };
}

/** Follows the pages on which a long row continues. */
function payloadAt(
  pages: SqlitePages,
  page: Buffer,
  { at, bytes }: { readonly at: number; readonly bytes: number },
): Buffer | null {
  const { usableBytes } = pages;
  const localBytes = localBytesOf(bytes, usableBytes);
  if (at + localBytes > page.byteLength) return null;
  const parts = [page.subarray(at, at + localBytes)];
  let next = localBytes < bytes ? page.readUInt32BE(at + localBytes) : 0;
  for (let left = bytes - localBytes; left > 0; left -= usableBytes - 4) {
    const overflow = pages.read(next);
    if (overflow === null) return null;
    parts.push(overflow.subarray(4, 4 + Math.min(left, usableBytes - 4)));
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** Section 1.6 of the format. */
function localBytesOf(bytes: number, usableBytes: number): number {
  const max = usableBytes - 35;
  if (bytes <= max) return bytes;
  const min = Math.floor(((usableBytes - 12) * 32) / 255) - 23;
  const local = min + ((bytes - min) % (usableBytes - 4));
  return local <= max ? local : min;
}

/** Section 2.1 of the format: a record begins with the types of its values. */
function typesOf(record: Buffer): readonly number[] {
  const header = readVarint(record, 0);
  const types: number[] = [];
  for (let offset = header.end; offset < header.value; ) {
    const type = readVarint(record, offset);
    types.push(type.value);
    offset = type.end;
  }
  return types;
}

function valuesOf(record: Buffer, types: readonly number[]): readonly unknown[] {
  let at = readVarint(record, 0).value;
  return types.map((type) => {
    const bytes = bytesOfType(type);
    if (at + bytes > record.byteLength) throw new RangeError('The value is not in its record');
    const value = storedValue(type, record.subarray(at, at + bytes));
    at += bytes;
    return value;
  });
}

const NUMBER_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;

function bytesOfType(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return NUMBER_BYTES[type] ?? 0;
}

function storedValue(type: number, bytes: Buffer): unknown {
  if (type === 0) return null;
  if (type >= 12) return type % 2 === 1 ? bytes.toString('utf8') : bytes;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 8 || type === 9) return type - 8;
  if (type === 6) return Number(bytes.readBigInt64BE(0));
  return bytes.readIntBE(0, bytes.byteLength);
}

interface Varint {
  readonly value: number;
  readonly end: number;
}

/** Section 1.6: up to nine bytes, seven bits each, of the ninth all eight. */
function readVarint(bytes: Buffer, offset: number): Varint {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes.readUInt8(offset + index);
    if (index === 8) return { value: value * 256 + byte, end: offset + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: offset + index + 1 };
  }
  throw new RangeError('unreachable');
}
