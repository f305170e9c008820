import { ZSTDDecoder } from 'three/addons/libs/zstddec.module.js';
import { PreviewFailure } from '../failure.ts';

// Spark reads SPZ up to version 3. Version 4 holds the same attributes in the same order, each in a zstd stream of its own,
// behind a table of their sizes; it is written anew as version 3. (Layout: shared/gab/content/spz-streams.ts, which checked it.)

const HEADER_BYTES = 16;
const TABLE_ROW_BYTES = 16;
const OLD_VERSION = 3;
/** Bytes per point of degree 4, which version 3 does not have, and of degree 3, with which its first coefficients agree. */
const HARMONICS_4_BYTES = 72;
const HARMONICS_3_BYTES = 45;

/** A version 4 splat as a version 3 one, in gzip. Harmonics above degree 3 are left out. */
export async function toVersion3(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const streams = await unpackStreams(bytes);
  const header = bytes.slice(0, HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(4, OLD_VERSION, true);
  if (view.getUint8(12) > 3) {
    view.setUint8(12, 3);
    streams.push(withoutDegree4(streams.pop() ?? new Uint8Array()));
  }
  // No records of vendors follow, and the count of streams is not a field any more.
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
      throw new PreviewFailure('damaged', 'a stream of the splat is not as long as it says');
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
