import { gzipSync, zstdCompressSync } from 'node:zlib';
import { makePly, SPLAT_FIELDS } from './sample-splats.ts';

// Visible splats with a recognizable orientation: a small figure with a red head above a green
// trunk.

interface Splat {
  /** Meters: right, up, towards the viewer. */
  readonly place: readonly [number, number, number];
  readonly color: readonly [number, number, number];
}

/** First spherical harmonic: colors are stored around gray, divided by it. */
const SH_C0 = 0.282_094_791_773_878_14;
const SPZ_COLOR_SCALE = 0.15;
const SCALE_METRES = 0.05;
/** Opaque, before the sigmoid. */
const OPACITY = 8;

function figure(): Splat[] {
  const splats: Splat[] = [];
  for (let step = 0; step < 600; step += 1) {
    const turn = step * 2.399_963;
    const isHead = step % 3 === 0;
    const height = (step / 600) * 2 - 1;
    const radius = Math.sqrt(1 - height * height) * (isHead ? 0.2 : 0.3);
    const y = isHead ? 1.45 + height * 0.2 : 0.7 + height * 0.5;
    const color = isHead ? ([0.9, 0.1, 0.1] as const) : ([0.1, 0.8, 0.1] as const);
    splats.push({ place: [Math.cos(turn) * radius, y, Math.sin(turn) * radius], color });
  }
  return splats;
}

/** As photogrammetry writes it: y down, z away (RDF). */
export function makeVisiblePly(): Buffer {
  const splats = figure();
  const ply = makePly(splats.length);
  const stride = SPLAT_FIELDS.length * 4;
  let at = ply.byteLength - splats.length * stride;
  for (const { place, color } of splats) {
    const logScale = Math.log(SCALE_METRES);
    const harmonics = color.map((value) => (value - 0.5) / SH_C0);
    const values = [place[0], -place[1], -place[2], ...harmonics, OPACITY, logScale, logScale, logScale, 1, 0, 0, 0];
    for (const [index, value] of values.entries()) ply.writeFloatLE(value, at + index * 4);
    at += stride;
  }
  return ply;
}

const SPZ_FRACTIONAL_BITS = 12;

function spzHeader(version: number, points: number): Buffer {
  const header = Buffer.alloc(16);
  header.write('NGSP', 'latin1');
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(points, 8);
  header.set([0, SPZ_FRACTIONAL_BITS, 0, 0], 12);
  return header;
}

/** Positions, alphas, colors and scales (github.com/nianticlabs/spz); y up (RUB). */
function spzStreams(splats: readonly Splat[]): Buffer[] {
  const positions = Buffer.alloc(splats.length * 9);
  splats.forEach(({ place }, index) => {
    place.forEach((value, axis) => {
      positions.writeIntLE(Math.round(value * 2 ** SPZ_FRACTIONAL_BITS), index * 9 + axis * 3, 3);
    });
  });
  const colors = splats.flatMap(({ color }) =>
    color.map((value) => Math.round((((value - 0.5) / SH_C0) * SPZ_COLOR_SCALE + 0.5) * 255)),
  );
  const scale = Math.round((Math.log(SCALE_METRES) + 10) * 16);
  return [positions, Buffer.alloc(splats.length, 255), Buffer.from(colors), Buffer.alloc(splats.length * 3, scale)];
}

/** SPZ version 2: all streams in one gzip. */
export function makeVisibleSpz(): Buffer {
  const splats = figure();
  const rotations = Buffer.alloc(splats.length * 3, 128);
  return gzipSync(Buffer.concat([spzHeader(2, splats.length), ...spzStreams(splats), rotations]));
}

/** SPZ version 4: a plain header, a table of streams, each stream in zstd. */
export function makeVisibleSpz4(): Buffer {
  const splats = figure();
  const streams = [...spzStreams(splats), Buffer.alloc(splats.length * 4)];
  const packed = streams.map((stream) => zstdCompressSync(stream));
  const header = Buffer.concat([spzHeader(4, splats.length), Buffer.alloc(16)]);
  header.writeUInt8(streams.length, 15);
  header.writeUInt32LE(32, 16);
  const table = Buffer.alloc(16 * streams.length);
  for (const [index, stream] of packed.entries()) {
    table.writeBigUInt64LE(BigInt(stream.byteLength), 16 * index);
    table.writeBigUInt64LE(BigInt(streams[index]?.byteLength ?? 0), 16 * index + 8);
  }
  return Buffer.concat([header, table, ...packed]);
}
