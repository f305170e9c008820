import { MAX_SPLAT_POINTS } from '../limits.ts';
import { latin1 } from '../sniff.ts';
import { type ContentResult, found } from './probe.ts';

const END_OF_HEADER = /\nend_header\r?\n/;

/** Sizes of the scalar types of PLY in bytes, under both names. */
const SCALAR_BYTES: ReadonlyMap<string, number> = new Map([
  ...(['char', 'uchar', 'int8', 'uint8'] as const).map((name) => [name, 1] as const),
  ...(['short', 'ushort', 'int16', 'uint16'] as const).map((name) => [name, 2] as const),
  ...(['int', 'uint', 'float', 'int32', 'uint32', 'float32'] as const).map((name) => [name, 4] as const),
  ...(['double', 'float64'] as const).map((name) => [name, 8] as const),
]);

/** What every Gaussian splat has (graphdeco-inria/gaussian-splatting, `save_ply`). */
const REQUIRED_FLOATS = 'x y z f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3'.split(' ');

interface PlyHeader {
  readonly points: number;
  readonly strideBytes: number;
  readonly floats: ReadonlySet<string>;
}

/**
 * Checks a Gaussian splat in PLY format from its first 64 KiB (gab-format 4): the header must
 * account for every byte of the file.
 */
export function checkPly(prefix: Uint8Array, sizeBytes: number): ContentResult {
  const text = latin1(prefix);
  if (!/^ply\r?\n/.test(text)) return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: 'ply' });
  const end = END_OF_HEADER.exec(text);
  if (!end) return found('GAB_E_SPLAT', { reason: 'header' });
  const header = parseHeader(text.slice(0, end.index).split(/\r?\n/).slice(1));
  if (typeof header === 'string') return found('GAB_E_SPLAT', { reason: header });
  const missing = REQUIRED_FLOATS.find((name) => !header.floats.has(name));
  if (missing) return found('GAB_E_SPLAT', { reason: 'property', property: missing });
  if (header.points > MAX_SPLAT_POINTS) return found('GAB_E_SPLAT', { reason: 'points', points: header.points });
  const expectedBytes = end.index + end[0].length + header.points * header.strideBytes;
  return expectedBytes === sizeBytes
    ? { findings: [], summary: { splat: { points: header.points } } }
    : found('GAB_E_SPLAT', { reason: 'length', expectedBytes, sizeBytes });
}

function parseHeader(lines: readonly string[]): PlyHeader | string {
  const [format, ...rest] = lines.filter((line) => !/^(?:comment|obj_info)(?: |$)/.test(line));
  if (format !== 'format binary_little_endian 1.0') return 'format';
  const [element, ...properties] = rest;
  const points = /^element vertex (\d{1,10})$/.exec(element ?? '')?.[1];
  if (points === undefined) return 'element';
  const floats = new Set<string>();
  let strideBytes = 0;
  for (const line of properties) {
    const [, type = '', name = ''] = /^property (\w+) (\w+)$/.exec(line) ?? [];
    const bytes = SCALAR_BYTES.get(type);
    // A second element, a list property or an unknown word: the size of a point can't be
    // determined.
    if (bytes === undefined) return line.startsWith('element') ? 'element' : 'property';
    strideBytes += bytes;
    if (type === 'float' || type === 'float32') floats.add(name);
  }
  return { points: Number(points), strideBytes, floats };
}
