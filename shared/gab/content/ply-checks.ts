import { decodeUtf8 } from '../json/decode-json.ts';
import { MAX_SPLAT_POINTS } from '../limits.ts';
import { plyKindOf } from '../recognize/ply-kind.ts';
import { latin1 } from '../sniff.ts';
import { type ContentFinding, type ContentResult, found } from './probe.ts';

const END_OF_HEADER = /\nend_header\r?\n/;

/**
 * Sizes of the scalar types of PLY in bytes. The runtime (Spark 2.2) does not read the newer names
 * with a number of bits, such as `float32`.
 */
const SCALAR_BYTES: ReadonlyMap<string, number> = new Map([
  ['char', 1],
  ['uchar', 1],
  ['short', 2],
  ['ushort', 2],
  ['int', 4],
  ['uint', 4],
  ['float', 4],
  ['double', 8],
]);

/** What every Gaussian splat has (graphdeco-inria/gaussian-splatting, `save_ply`). */
const REQUIRED_FLOATS = 'x y z f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3'.split(' ');

interface PlyHeader {
  readonly points: number;
  readonly strideBytes: number;
  readonly floats: ReadonlySet<string>;
}

/** Why a header can't be used, as the parameters of its finding. */
type PlyFault = { readonly reason: string } & NonNullable<ContentFinding['params']>;

/**
 * Checks a Gaussian splat in PLY format from its first 64 KiB (gab-format 4): the header must
 * account for every byte of the file.
 */
export function checkPly(prefix: Uint8Array, sizeBytes: number): ContentResult {
  const text = latin1(prefix);
  if (!/^ply\r?\n/.test(text)) return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: 'ply' });
  const end = END_OF_HEADER.exec(text);
  if (!end) return found('GAB_E_SPLAT', { reason: 'header-end' });
  const head = text.slice(0, end.index + end[0].length);
  // Spark reads the header as UTF-8, and fails at other bytes even in a comment.
  if (decodeUtf8(prefix.subarray(0, head.length)).fault) return found('GAB_E_SPLAT', { reason: 'encoding' });
  const header = findOtherContent(head) ?? parseHeader(head.split('\n').slice(1, -2));
  if ('reason' in header) return found('GAB_E_SPLAT', header);
  const missing = REQUIRED_FLOATS.find((name) => !header.floats.has(name));
  if (missing) return found('GAB_E_SPLAT', { reason: 'property', property: missing });
  if (header.points > MAX_SPLAT_POINTS) return found('GAB_E_SPLAT', { reason: 'points', points: header.points });
  const expectedBytes = head.length + header.points * header.strideBytes;
  if (expectedBytes === sizeBytes) return { findings: [], summary: { splat: { points: header.points } } };
  return found('GAB_E_SPLAT', {
    reason: sizeBytes < expectedBytes ? 'truncated' : 'trailing-data',
    declaredBytes: expectedBytes,
    sizeBytes,
  });
}

/** Files of a well-known kind that are not what a splat is, whatever else may be wrong with them. */
function findOtherContent(head: string): PlyFault | null {
  const kind = plyKindOf(head);
  if (kind !== 'splat') return { reason: kind };
  // Such a header was converted as if it were text, which usually destroys the data behind it.
  // Spark does not find the end of the header either.
  return head.includes('\r') ? { reason: 'line-ends' } : null;
}

function parseHeader(lines: readonly string[]): PlyHeader | PlyFault {
  const [format = '', ...rest] = lines.filter((line) => !/^(?:comment|obj_info)(?: |$)/.test(line));
  if (format !== 'format binary_little_endian 1.0') return { reason: formatFault(format) };
  const [element, ...properties] = rest;
  const points = /^element vertex (\d{1,10})$/.exec(element ?? '')?.[1];
  if (points === undefined) return { reason: 'element' };
  const floats = new Set<string>();
  let strideBytes = 0;
  for (const line of properties) {
    const [, type = '', name = ''] = /^property (\w+) (\w+)$/.exec(line) ?? [];
    const bytes = SCALAR_BYTES.get(type);
    if (bytes === undefined) return describeLine(line);
    strideBytes += bytes;
    if (type === 'float') floats.add(name);
  }
  return { points: Number(points), strideBytes, floats };
}

function formatFault(format: string): string {
  if (format.startsWith('format ascii ')) return 'ascii';
  return format.startsWith('format binary_big_endian ') ? 'big-endian' : 'format';
}

/** A line after which the size of a point can't be determined. */
function describeLine(line: string): PlyFault {
  if (line.startsWith('element')) return { reason: 'element' };
  const [, type = '', name = ''] = /^property (\w+) (\w+)/.exec(line) ?? [];
  if (type === 'list') return { reason: 'list' };
  return type === '' ? { reason: 'line' } : { reason: 'type', type, property: name };
}
