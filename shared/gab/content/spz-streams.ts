import type { SpzHeader } from './spz-header.ts';

// SPZ version 4: 32 bytes of header, vendor records if a flag is set, a table of (packed, unpacked)
// sizes, then the zstd streams up to the end of the file.

const HEADER_BYTES = 32;
const TABLE_ROW_BYTES = 16;
/** There are six attributes; a few more leave room for a later version. */
const MAX_STREAMS = 16;

/**
 * Returns what in the uncompressed part of a version 4 splat doesn't match its points or its file,
 * or `null`.
 */
export function findStreamsFault(
  bytes: Uint8Array,
  { points, strideBytes, hasExtensions }: SpzHeader,
): 'header' | 'length' | null {
  if (bytes.byteLength < HEADER_BYTES) return 'header';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const streams = view.getUint8(15);
  const tableAt = view.getUint32(16, true);
  const tableEnd = tableAt + streams * TABLE_ROW_BYTES;
  const isPlaced = hasExtensions ? tableAt >= HEADER_BYTES : tableAt === HEADER_BYTES;
  if (streams > MAX_STREAMS || !isPlaced || tableEnd > bytes.byteLength) return 'header';
  let [packedBytes, unpackedBytes] = [0, 0];
  for (let at = tableAt; at < tableEnd; at += TABLE_ROW_BYTES) {
    packedBytes += Number(view.getBigUint64(at, true));
    unpackedBytes += Number(view.getBigUint64(at + 8, true));
  }
  const isWhole = unpackedBytes === points * strideBytes && tableEnd + packedBytes === bytes.byteLength;
  return isWhole ? null : 'length';
}
