import { MAX_SPLAT_POINTS } from '../../../shared/gab/limits.ts';
import type { AssetFormat } from '../../../shared/gab/manifest.ts';
import { PreviewFailure } from '../failure.ts';

/** The packed splat, its sorted copy, its harmonics and its place in the order, with room for the exchange of buffers. */
const BYTES_PER_POINT = 160;
/** A point of SPZ with all harmonics takes 65 bytes or fewer; headers and padding take the rest. */
const MAX_SPZ_POINT_BYTES = 80;
const SPZ_HEADER_BYTES = 16;
const SPZ_MAGIC = 0x5053474e;
/** Longest PLY header that is looked at (gab-format 2.5). */
const PLY_HEADER_BYTES = 64 * 1024;

export interface SplatFacts {
  readonly points: number;
  readonly memoryBytes: number;
}

/** Points and memory of a splat file, from its header. */
export async function readSplatFacts(bytes: Uint8Array<ArrayBuffer>, format: AssetFormat): Promise<SplatFacts> {
  const points = format === 'ply' ? readPlyPoints(bytes) : await readSpzPoints(bytes);
  if (points === null) throw new PreviewFailure('damaged', 'the splat file has no readable header');
  if (points > MAX_SPLAT_POINTS) throw new PreviewFailure('too-much-memory', `${points} splat points`);
  return { points, memoryBytes: points * BYTES_PER_POINT };
}

function readPlyPoints(bytes: Uint8Array): number | null {
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, PLY_HEADER_BYTES));
  const count = /\nelement vertex (\d{1,10})\r?\n/.exec(header)?.[1];
  return count === undefined ? null : Number(count);
}

/**
 * Threat: a small gzip stream that grows to gigabytes inside the decoder. It is inflated here once, piece by piece and
 * thrown away, and refused as soon as it is larger than its own number of points can be.
 */
async function readSpzPoints(bytes: Uint8Array<ArrayBuffer>): Promise<number | null> {
  if (pointsOf(bytes) !== null) throw new PreviewFailure('unsupported', 'SPZ version 4 cannot be drawn yet');
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const head = new Uint8Array(SPZ_HEADER_BYTES);
  let points: number | null = null;
  let inflatedBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return points;
    if (inflatedBytes < SPZ_HEADER_BYTES) head.set(value.subarray(0, SPZ_HEADER_BYTES - inflatedBytes), inflatedBytes);
    inflatedBytes += value.byteLength;
    if (inflatedBytes < SPZ_HEADER_BYTES) continue;
    points ??= pointsOf(head);
    if (points === null || inflatedBytes > SPZ_HEADER_BYTES + points * MAX_SPZ_POINT_BYTES + PLY_HEADER_BYTES) {
      await reader.cancel();
      return null;
    }
  }
}

function pointsOf(header: Uint8Array): number | null {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.byteLength < SPZ_HEADER_BYTES || view.getUint32(0, true) !== SPZ_MAGIC) return null;
  return view.getUint32(8, true);
}
