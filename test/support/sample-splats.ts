import { gzipSync, zstdCompressSync } from 'node:zlib';
import { noise } from './sample-assets.ts';

// Small Gaussian splats made by code, the same bytes on every run.

export const SPLAT_FIELDS: readonly string[] =
  'x y z f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3'.split(' ');

/** A PLY whose data fits its header; `extraLines` go before the end of the header and bring no data. */
export function makePly(
  points: number,
  fields: readonly string[] = SPLAT_FIELDS,
  extraLines: readonly string[] = [],
): Buffer {
  const lines = [
    'ply',
    'format binary_little_endian 1.0',
    'comment made by a test',
    `element vertex ${points}`,
    ...fields.map((name) => `property float ${name}`),
    ...extraLines,
    'end_header',
    '',
  ];
  return Buffer.concat([Buffer.from(lines.join('\n'), 'latin1'), Buffer.alloc(points * fields.length * 4)]);
}

export interface SpzOptions {
  readonly version: number;
  readonly points: number;
  /** Degree of the spherical harmonics, 0-4. */
  readonly degree?: number;
  readonly flags?: number;
}

/** Bytes per point of the streams: positions, alphas, colors, scales, rotations, spherical harmonics. */
function streamStrides({ version, degree = 0 }: SpzOptions): number[] {
  const harmonics = [0, 9, 24, 45, 72][degree] ?? 0;
  return [version === 1 ? 6 : 9, 1, 3, 3, version < 3 ? 3 : 4, harmonics].filter((stride) => stride > 0);
}

function commonHeader({ version, points, degree = 0, flags = 0 }: SpzOptions, lastByte: number): Buffer {
  const header = Buffer.alloc(16);
  header.write('NGSP', 'latin1');
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(points, 8);
  header.set([degree, 12, flags, lastByte], 12);
  return header;
}

/**
 * The content of the gzip stream of versions 1 to 3. `dataBytes` makes it longer or shorter than
 * its header says.
 */
export function spzPayload(options: SpzOptions, dataBytes?: number): Buffer {
  const honestBytes = options.points * streamStrides(options).reduce((sum, stride) => sum + stride, 0);
  return Buffer.concat([commonHeader(options, 0), noise(dataBytes ?? honestBytes)]);
}

/** A splat as SPZ: gzip up to version 3, from version 4 a plain header, a table of streams, and the streams in zstd. */
export function makeSpz(options: SpzOptions): Buffer {
  if (options.version < 4) return gzipSync(spzPayload(options));
  const sizes = streamStrides(options).map((stride) => stride * options.points);
  const streams = sizes.map((size, index) => zstdCompressSync(noise(size, index + 1)));
  const header = Buffer.concat([commonHeader(options, streams.length), Buffer.alloc(16)]);
  header.writeUInt32LE(32, 16);
  const table = Buffer.alloc(16 * streams.length);
  streams.forEach((stream, index) => {
    table.writeBigUInt64LE(BigInt(stream.byteLength), 16 * index);
    table.writeBigUInt64LE(BigInt(sizes[index] ?? 0), 16 * index + 8);
  });
  return Buffer.concat([header, table, ...streams]);
}
