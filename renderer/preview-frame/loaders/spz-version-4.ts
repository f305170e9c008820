import { ZSTDDecoder } from 'three/addons/libs/zstddec.module.js';
import { PreviewFailure } from '../failure.ts';

// Spark reads SPZ up to version 3. Version 4 has the same attributes in the same order, each in its
// own zstd stream, after a table of their sizes. (shared/gab/content/spz-streams.ts has the layout
// and has already checked it.)

const HEADER_BYTES = 16;
const TABLE_ROW_BYTES = 16;
const OLD_VERSION = 3;
/**
 * Harmonics per point: degree 4, which version 3 does not support, starts with the coefficients of
 * degree 3.
 */
const HARMONICS_4_BYTES = 72;
const HARMONICS_3_BYTES = 45;

/** Converts a version 4 splat to version 3, in gzip. Harmonics above degree 3 are left out. */
export async function toVersion3(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const streams = await unpackStreams(bytes);
  const header = bytes.slice(0, HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(4, OLD_VERSION, true);
  if (view.getUint8(12) > 3) {
    view.setUint8(12, 3);
    streams.push(withoutDegree4(streams.pop() ?? new Uint8Array()));
  }
  // There are no vendor records, and version 3 has no field for the number of streams.
  view.setUint8(14, view.getUint8(14) & 1);
  view.setUint8(15, 0);
  const packed = new Blob([header, ...streams]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

async function unpackStreams(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>[]> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tableAt = view.getUint32(HEADER_BYTES, true);
  const count = view.getUint8(15);
  let at = tableAt + count * TABLE_ROW_BYTES;
  return Array.from({ length: count }, (_, index) => {
    const row = tableAt + index * TABLE_ROW_BYTES;
    const packed = bytes.subarray(at, at + Number(view.getBigUint64(row, true)));
    const sizeBytes = Number(view.getBigUint64(row + 8, true));
    at += packed.byteLength;
    const stream = decoder.decode(packed, sizeBytes);
    if (stream.byteLength !== sizeBytes)
      throw new PreviewFailure('damaged', 'a stream of the splat has the wrong length');
    return new Uint8Array(stream);
  });
}

function withoutDegree4(harmonics: Uint8Array): Uint8Array<ArrayBuffer> {
  const points = Math.floor(harmonics.byteLength / HARMONICS_4_BYTES);
  const kept = new Uint8Array(points * HARMONICS_3_BYTES);
  for (let point = 0; point < points; point += 1) {
    const from = point * HARMONICS_4_BYTES;
    kept.set(harmonics.subarray(from, from + HARMONICS_3_BYTES), point * HARMONICS_3_BYTES);
  }
  return kept;
}
