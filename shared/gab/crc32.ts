// CRC-32 of ISO 3309 as ZIP uses it (APPNOTE 4.4.7), eight bytes per step ("slicing by 8").

const POLYNOMIAL = 0xedb88320;
const SLICES = 8;

function buildTables(): Uint32Array {
  const tables = new Uint32Array(SLICES * 256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[index] = value;
  }
  for (let index = 256; index < tables.length; index += 1) {
    const previous = tables[index - 256] as number;
    tables[index] = (previous >>> 8) ^ (tables[previous & 0xff] as number);
  }
  return tables;
}

const tables = buildTables();

/** The CRC-32 of `bytes`, continued from `previous` (0 to start), as an unsigned number. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const table = tables;
  const blocksEnd = bytes.length - (bytes.length % 8);
  let crc = ~previous;
  let at = 0;
  // Indices are in range because of the loop bounds; the assertions only satisfy
  // noUncheckedIndexedAccess.
  for (; at < blocksEnd; at += 8) {
    const low =
      crc ^
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24));
    crc =
      (table[1792 + (low & 0xff)] as number) ^
      (table[1536 + ((low >>> 8) & 0xff)] as number) ^
      (table[1280 + ((low >>> 16) & 0xff)] as number) ^
      (table[1024 + (low >>> 24)] as number) ^
      (table[768 + (bytes[at + 4] as number)] as number) ^
      (table[512 + (bytes[at + 5] as number)] as number) ^
      (table[256 + (bytes[at + 6] as number)] as number) ^
      (table[bytes[at + 7] as number] as number);
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
