import { latin1 } from '../sniff.ts';

// SPZ (github.com/nianticlabs/spz): a header of 16 bytes, then the attributes of all points, one
// after the other. In versions 1 to 3, everything is in one gzip member; from version 4 on, the
// header is not compressed and each attribute is a separate zstd stream.

export const SPZ_MAGIC = 'NGSP';
export const SPZ_HEADER_BYTES = 16;
/** The last version whose header is compressed with gzip. */
export const LAST_GZIP_VERSION = 3;
/** The last version that runtime 1.0 draws. */
const NEWEST_VERSION = LAST_GZIP_VERSION + 1;
/** Vendor records follow the points (versions 1 to 3) or the header (version 4). */
const FLAG_EXTENSIONS = 0x2;

/** Bytes per point for spherical harmonics of degree 0 to 4. */
const HARMONICS_BYTES: readonly number[] = [0, 9, 24, 45, 72];

export interface SpzHeader {
  readonly version: number;
  readonly points: number;
  /** Unpacked bytes of one point over all attributes. */
  readonly strideBytes: number;
  readonly hasExtensions: boolean;
}

/** Reads the fields that all versions share. A string says why it can't. */
export function readSpzHeader(bytes: Uint8Array): SpzHeader | 'header' | 'version' {
  if (bytes.byteLength < SPZ_HEADER_BYTES || latin1(bytes.subarray(0, 4)) !== SPZ_MAGIC) return 'header';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4, true);
  if (version < 1 || version > NEWEST_VERSION) return 'version';
  const harmonicsBytes = HARMONICS_BYTES[view.getUint8(12)];
  if (harmonicsBytes === undefined) return 'header';
  return {
    version,
    points: view.getUint32(8, true),
    strideBytes: fixedBytes(version) + harmonicsBytes,
    hasExtensions: (view.getUint8(14) & FLAG_EXTENSIONS) !== 0,
  };
}

/**
 * Position, alpha, color, scale and rotation of one point. Half floats up to version 1, three-byte
 * rotations up to 2.
 */
function fixedBytes(version: number): number {
  const positionBytes = version === 1 ? 6 : 9;
  const rotationBytes = version < LAST_GZIP_VERSION ? 3 : 4;
  return positionBytes + 1 + 3 + 3 + rotationBytes;
}
