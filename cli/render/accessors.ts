import { asObject, countAt, has, listAt, textAt } from '../../shared/gab/content/untyped.ts';
import type { GlbFile } from './glb-file.ts';

// glTF 2.0, section 3.6.2, with the integer types of KHR_mesh_quantization.

/** Readers of the component types, and the divisor that maps a normalized integer to at most 1. */
const components: ReadonlyMap<number, { bytes: number; max: number; read: (view: DataView, at: number) => number }> =
  new Map([
    [5120, { bytes: 1, max: 127, read: (view: DataView, at: number) => view.getInt8(at) }],
    [5121, { bytes: 1, max: 255, read: (view: DataView, at: number) => view.getUint8(at) }],
    [5122, { bytes: 2, max: 32_767, read: (view: DataView, at: number) => view.getInt16(at, true) }],
    [5123, { bytes: 2, max: 65_535, read: (view: DataView, at: number) => view.getUint16(at, true) }],
    [5125, { bytes: 4, max: 0xffffffff, read: (view: DataView, at: number) => view.getUint32(at, true) }],
    [5126, { bytes: 4, max: 1, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ]);
const widths: ReadonlyMap<string, number> = new Map([
  ['SCALAR', 1],
  ['VEC2', 2],
  ['VEC3', 3],
  ['VEC4', 4],
  ['MAT4', 16],
]);
/**
 * Far more than a bundle may contain: a number in an untrusted file must not decide how much memory
 * is allocated.
 */
const MAX_NUMBERS = 20_000_000;

export interface AccessorData {
  readonly count: number;
  /** Numbers of one element. */
  readonly width: number;
  readonly numbers: Float64Array;
}

/** The numbers of an accessor; `null` if it is compressed, sparse, or outside the file. */
export function readAccessor(glb: GlbFile, index: number | undefined): AccessorData | null {
  const accessor = asObject(index === undefined ? undefined : listAt(glb.json, 'accessors')[index]);
  const component = components.get(countAt(accessor, 'componentType') ?? 0);
  const width = widths.get(textAt(accessor, 'type') ?? '');
  const count = countAt(accessor, 'count');
  const view = glb.view(countAt(accessor, 'bufferView') ?? -1);
  if (!component || width === undefined || count === undefined || !view || has(accessor, 'sparse')) return null;
  const stride = view.stride || component.bytes * width;
  const start = countAt(accessor, 'byteOffset') ?? 0;
  const end = count === 0 ? start : start + (count - 1) * stride + component.bytes * width;
  if (end > view.bytes.byteLength || count * width > MAX_NUMBERS) return null;
  const data = new DataView(view.bytes.buffer, view.bytes.byteOffset, view.bytes.byteLength);
  const scale = accessor.normalized === true ? 1 / component.max : 1;
  const numbers = new Float64Array(count * width);
  for (let element = 0; element < count; element += 1) {
    for (let part = 0; part < width; part += 1) {
      numbers[element * width + part] = component.read(data, start + element * stride + part * component.bytes) * scale;
    }
  }
  return { count, width, numbers };
}
