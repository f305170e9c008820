import { readSpzHeader, SPZ_HEADER_BYTES } from '../../../shared/gab/content/spz-header.ts';
import { MAX_SPLAT_POINTS } from '../../../shared/gab/limits.ts';
import type { AssetFormat } from '../../../shared/gab/manifest/manifest.ts';
import { PreviewFailure } from '../failure.ts';

/**
 * The packed splat, its sorted copy, its harmonics and its sort index, with a reserve for swapping
 * buffers.
 */
const BYTES_PER_POINT = 160;
/** Longest PLY header (gab-format 2.5). */
const PLY_HEADER_BYTES = 64 * 1024;

export interface SplatFacts {
  readonly points: number;
  readonly memoryBytes: number;
  /** Version of the SPZ format; null for PLY. */
  readonly version: number | null;
}

/**
 * Points and memory of a splat file, from its header. Opening the bundle has verified that the rest
 * matches the header.
 */
export async function readSplatFacts(bytes: Uint8Array<ArrayBuffer>, format: AssetFormat): Promise<SplatFacts> {
  const header = format === 'ply' ? readPlyHeader(bytes) : readSpzHeader(await firstBytes(bytes));
  if (typeof header === 'string') throw new PreviewFailure('damaged', `the splat file has no readable ${header}`);
  const { points, version } = header;
  if (points > MAX_SPLAT_POINTS) throw new PreviewFailure('too-much-memory', `${points} splat points`);
  return { points, version, memoryBytes: points * BYTES_PER_POINT };
}

function readPlyHeader(bytes: Uint8Array): { readonly points: number; readonly version: null } | 'header' {
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, PLY_HEADER_BYTES));
  const count = /\nelement vertex (\d{1,10})\r?\n/.exec(header)?.[1];
  return count === undefined ? 'header' : { points: Number(count), version: null };
}

/** The SPZ header, unpacked if it is in gzip; the rest stays packed. */
async function firstBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const head = new Uint8Array(SPZ_HEADER_BYTES);
  let filled = 0;
  while (filled < head.byteLength) {
    const { value } = await reader.read();
    if (!value) break;
    head.set(value.subarray(0, head.byteLength - filled), filled);
    filled += value.byteLength;
  }
  await reader.cancel();
  return head.subarray(0, filled);
}
