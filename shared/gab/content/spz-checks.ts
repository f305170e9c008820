import type { BundleCodec } from '../codec.ts';
import { MAX_SPLAT_POINTS } from '../limits.ts';
import { latin1 } from '../sniff.ts';
import { type ContentResult, found } from './probe.ts';

// SPZ (github.com/nianticlabs/spz): a 16-byte header, in versions 1 to 3 inside gzip, in version 4 in the clear.
const MAGIC = 'NGSP';
const HEADER_BYTES = 16;
const GZIP_MAGIC = '\x1f\x8b\x08';
/** Enough compressed bytes for a 16-byte header in any sane stream. */
const GZIP_SAMPLE_BYTES = 4096;
/** Deflate cannot grow more than this (zlib.net/zlib_tech.html). */
const MAX_DEFLATE_GROWTH = 1032;
/** Position, colour, alpha, scale and rotation of one point take at least this in any version. */
const MIN_POINT_BYTES = 16;

/** As much of the file as the checks look at. */
export const SPZ_PREFIX_BYTES = 64 * 1024;

export async function checkSpz(prefix: Uint8Array, sizeBytes: number, codec: BundleCodec): Promise<ContentResult> {
  if (latin1(prefix.subarray(0, 4)) === MAGIC)
    return checkHeader(prefix, { versions: [4, 255], maxPoints: MAX_SPLAT_POINTS });
  if (latin1(prefix.subarray(0, 3)) !== GZIP_MAGIC)
    return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: 'spz' });
  const start = gzipDataOffset(prefix);
  const sample = start === null ? null : prefix.subarray(start, start + GZIP_SAMPLE_BYTES);
  const header = sample && (await codec.inflateRawPrefix(sample, HEADER_BYTES));
  if (!header) return found('GAB_E_SPLAT', { reason: 'gzip' });
  const maxPoints = Math.min(MAX_SPLAT_POINTS, (sizeBytes * MAX_DEFLATE_GROWTH) / MIN_POINT_BYTES);
  return checkHeader(header, { versions: [1, 3], maxPoints });
}

interface HeaderBounds {
  readonly versions: readonly [number, number];
  readonly maxPoints: number;
}

function checkHeader(header: Uint8Array, { versions, maxPoints }: HeaderBounds): ContentResult {
  if (header.byteLength < HEADER_BYTES || latin1(header.subarray(0, 4)) !== MAGIC)
    return found('GAB_E_SPLAT', { reason: 'header' });
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const version = view.getUint32(4, true);
  if (version < versions[0] || version > versions[1]) return found('GAB_E_SPLAT', { reason: 'version', version });
  const points = view.getUint32(8, true);
  if (points > maxPoints) return found('GAB_E_SPLAT', { reason: 'points', points });
  return { findings: [], summary: { splat: { points } } };
}

/** Where the deflate data of a gzip member begins (RFC 1952, 2.3), or `null` if its header is longer than the prefix. */
function gzipDataOffset(bytes: Uint8Array): number | null {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at < bytes.byteLength ? at : null;
}
