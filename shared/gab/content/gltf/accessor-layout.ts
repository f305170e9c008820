import { countAt, has, listAt, objectAt, textAt, type Untyped } from '../untyped.ts';
import type { GltfModel } from './gltf-model.ts';
import { componentBytes, typeComponents } from './mesh-shapes.ts';

/** Where a run of values is in a buffer. */
export interface Span {
  readonly buffer: number;
  readonly start: number;
  readonly stride: number;
}

/** How an accessor stores its values. Lengths and offsets in bytes. */
export interface AccessorLayout {
  readonly index: number;
  readonly json: Untyped;
  /** `VEC3`, `SCALAR`, ... */
  readonly type: string;
  /** The GL type of one component. */
  readonly componentType: number;
  readonly componentBytes: number;
  readonly components: number;
  readonly elementBytes: number;
  /** From one element to the next if the view declares no stride: small matrices are padded. */
  readonly tightStride: number;
  readonly count: number;
  readonly isNormalized: boolean;
  /** The view that holds its values; without one, all are zero or compressed by Draco. */
  readonly view: number | undefined;
  readonly offset: number;
  /** The stride that the view declares. */
  readonly declaredStride: number | undefined;
}

/** The columns of small matrices begin at multiples of four bytes. */
const COLUMN_BYTES = 4;

/** Returns null if the accessor lacks what is needed to find its values, which is reported elsewhere. */
export function readLayout(model: GltfModel, index: number): AccessorLayout | null {
  const json = model.item('accessors', index);
  const type = textAt(json, 'type') ?? '';
  const componentType = countAt(json, 'componentType') ?? 0;
  const bytes = componentBytes.get(componentType);
  const components = typeComponents.get(type);
  const count = countAt(json, 'count');
  const offset = has(json, 'byteOffset') ? countAt(json, 'byteOffset') : 0;
  if (bytes === undefined || components === undefined || count === undefined || offset === undefined) return null;
  const view = countAt(json, 'bufferView');
  return {
    index,
    json,
    type,
    componentType,
    componentBytes: bytes,
    components,
    ...sizesOf(type, components, bytes),
    count,
    isNormalized: json.normalized === true,
    view,
    offset,
    declaredStride: view === undefined ? undefined : strideOf(model.item('bufferViews', view)),
  };
}

function sizesOf(type: string, components: number, bytes: number) {
  if (!type.startsWith('MAT')) return { elementBytes: components * bytes, tightStride: components * bytes };
  const columns = Math.sqrt(components);
  const columnStride = Math.ceil((columns * bytes) / COLUMN_BYTES) * COLUMN_BYTES;
  return { elementBytes: (columns - 1) * columnStride + columns * bytes, tightStride: columns * columnStride };
}

/** A stride of zero counts as none, as for the loaders. */
function strideOf(view: Untyped): number | undefined {
  return countAt(view, 'byteStride') || undefined;
}

/** Whether the values of an accessor follow each other without gaps. */
export function isTight({ declaredStride, tightStride }: AccessorLayout): boolean {
  return declaredStride === undefined || declaredStride === tightStride;
}

/** The extension that compresses a view, if any: the values then are not in the file as they are. */
export function compressionOf(view: Untyped): Untyped | null {
  const extensions = objectAt(view, 'extensions');
  const name = ['EXT_meshopt_compression', 'KHR_meshopt_compression'].find((one) => has(extensions, one));
  return name === undefined ? null : objectAt(extensions, name);
}

/** Bytes of a view once it is decompressed, or undefined if the description doesn't say. */
export function viewBytes(view: Untyped): number | undefined {
  const compression = compressionOf(view);
  if (!compression) return countAt(view, 'byteLength');
  const count = countAt(compression, 'count');
  const stride = countAt(compression, 'byteStride');
  return count === undefined || stride === undefined ? undefined : count * stride;
}

/** Where the values of an accessor are in a buffer; null if they are compressed or not stored. */
export function spanOf(model: GltfModel, layout: AccessorLayout): Span | null {
  if (layout.view === undefined) return null;
  return spanInView(model, layout.view, layout.offset, layout.declaredStride ?? layout.tightStride);
}

export function spanInView(model: GltfModel, index: number, offset: number, stride: number): Span | null {
  const view = model.item('bufferViews', index);
  const buffer = countAt(view, 'buffer');
  if (buffer === undefined || compressionOf(view)) return null;
  return { buffer, start: (countAt(view, 'byteOffset') ?? 0) + offset, stride };
}

/** The declared range of an accessor, if it is one number for each component. */
export function declaredRange(layout: AccessorLayout): { min: readonly number[]; max: readonly number[] } | null {
  const [min, max] = ['min', 'max'].map((key) => listAt(layout.json, key));
  const isWhole = (list: readonly unknown[] | undefined): list is readonly number[] =>
    list?.length === layout.components && list.every((value) => typeof value === 'number');
  return isWhole(min) && isWhole(max) ? { min, max } : null;
}
