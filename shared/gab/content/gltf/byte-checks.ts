import { countAt, has, objectAt, type Untyped } from '../untyped.ts';
import { type AccessorLayout, compressionOf, isTight, viewBytes } from './accessor-layout.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Gravity } from './model-findings.ts';
import { below, type Place, placeOf } from './place.ts';

/** WebGL refuses to draw vertices that are further apart. */
const MAX_STRIDE_BYTES = 252;
const ELEMENT_ARRAY = 34_963;

/**
 * What a model may unpack to in memory: values that are all zero, and compressed ones. The largest
 * avatars need a tenth of it.
 */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Checks that views lie within their buffers, and the values of accessors within their views. */
export function checkBytes(model: GltfModel, layouts: readonly (AccessorLayout | null)[]): void {
  const check = new ByteCheck(model);
  model.list('bufferViews').forEach((_, index) => {
    check.view(index);
  });
  for (const layout of layouts) if (layout) check.accessor(layout);
}

class ByteCheck {
  readonly #model: GltfModel;
  #unpackedBytes = 0;

  constructor(model: GltfModel) {
    this.#model = model;
  }

  view(index: number): void {
    const view = this.#model.item('bufferViews', index);
    const place = placeOf('bufferViews', index);
    this.#range(view, place);
    this.#stride(view, place);
    const compression = compressionOf(view);
    if (!compression) {
      this.#data(view, place);
      return;
    }
    // Only one of the two extensions is read.
    const name = has(objectAt(view, 'extensions'), 'EXT_meshopt_compression') ? 'EXT' : 'KHR';
    this.#range(compression, below(place, 'extensions', `${name}_meshopt_compression`));
    const [unpacked = 0, described = unpacked] = [viewBytes(view), countAt(view, 'byteLength')];
    // EXT_meshopt_compression: they are equal. Otherwise the decoder gets a count or stride that its
    // data does not have, and fails.
    if (unpacked !== described) this.#report('unpacked', 'error', place, { unpacked, described });
    this.#unpack(unpacked, place);
  }

  accessor(layout: AccessorLayout): void {
    const place = placeOf('accessors', layout.index);
    if (layout.view === undefined) {
      if (has(layout.json, 'byteOffset')) this.#report('offset-unused', 'note', below(place, 'byteOffset'));
      this.#unpack(layout.count * layout.elementBytes, place);
    } else this.#values(layout, place);
    this.#sparse(layout, below(place, 'sparse'));
  }

  #range(part: Untyped, place: Place): void {
    const buffer = this.#model.item('buffers', countAt(part, 'buffer'));
    const bufferBytes = countAt(buffer, 'byteLength');
    const end = (countAt(part, 'byteOffset') ?? 0) + (countAt(part, 'byteLength') ?? 0);
    if (bufferBytes === undefined || end <= bufferBytes) return;
    this.#report('view', 'error', place, { end, available: bufferBytes });
  }

  /** Only the first buffer may be the binary part of the file. */
  #data(view: Untyped, place: Place): void {
    const buffer = countAt(view, 'buffer');
    if (buffer === undefined || buffer >= this.#model.list('buffers').length) return;
    if (buffer > 0 && !has(this.#model.item('buffers', buffer), 'uri')) {
      this.#report('no-data', 'error', below(place, 'buffer'), { buffer });
    }
  }

  #stride(view: Untyped, place: Place): void {
    if (!has(view, 'byteStride')) return;
    const stride = countAt(view, 'byteStride') ?? 0;
    const at = below(place, 'byteStride');
    if (stride > MAX_STRIDE_BYTES) this.#report('stride-large', 'error', at, { stride });
    else if (stride % 4 !== 0 || stride === 0) this.#report('stride', 'warning', at, { stride });
    else if (stride > (viewBytes(view) ?? stride) || view.target === ELEMENT_ARRAY) {
      this.#report('stride-unused', 'note', at, { stride });
    }
  }

  #values(layout: AccessorLayout, place: Place): void {
    const view = this.#model.item('bufferViews', layout.view);
    const available = viewBytes(view);
    const stride = layout.declaredStride ?? layout.tightStride;
    if (stride < layout.elementBytes) {
      this.#report('stride-small', 'error', place, { stride });
      return;
    }
    if (stride % layout.componentBytes !== 0 || layout.offset % layout.componentBytes !== 0) {
      this.#report('alignment', 'error', below(place, 'byteOffset'), { componentBytes: layout.componentBytes });
      return;
    }
    if (available !== undefined && layout.count > 0) {
      const end = endOf(layout, stride);
      if (end > available) {
        this.#report('accessor', 'error', place, { end, available });
        return;
      }
    }
    this.#alignment(layout, view, place);
  }

  /** What other programs may need, but not ours. */
  #alignment(layout: AccessorLayout, view: Untyped, place: Place): void {
    const start = (countAt(view, 'byteOffset') ?? 0) + layout.offset;
    if (start % layout.componentBytes !== 0) this.#report('start', 'note', place);
    if (layout.type.startsWith('MAT') && layout.offset % 4 !== 0) {
      this.#report('start', 'note', below(place, 'byteOffset'));
    }
  }

  #sparse(layout: AccessorLayout, place: Place): void {
    if (!has(layout.json, 'sparse')) return;
    const sparse = objectAt(layout.json, 'sparse');
    const count = countAt(sparse, 'count') ?? 0;
    if (count > layout.count) {
      this.#report('sparse-count', 'error', below(place, 'count'), { count, available: layout.count });
      return;
    }
    const isMatrix = layout.components > 4;
    if (count > 0 && (isMatrix || !isTight(layout))) {
      this.#report('sparse-kind', 'error', place);
      return;
    }
    const indexBytes = { 5121: 1, 5123: 2, 5125: 4 }[countAt(objectAt(sparse, 'indices'), 'componentType') ?? 0] ?? 1;
    this.#sparsePart(objectAt(sparse, 'indices'), below(place, 'indices'), {
      count,
      componentBytes: indexBytes,
      elementBytes: indexBytes,
    });
    this.#sparsePart(objectAt(sparse, 'values'), below(place, 'values'), { ...layout, count });
  }

  #sparsePart(
    part: Untyped,
    place: Place,
    { count, componentBytes, elementBytes }: Pick<AccessorLayout, 'count' | 'componentBytes' | 'elementBytes'>,
  ): void {
    const view = this.#model.item('bufferViews', countAt(part, 'bufferView'));
    const offset = countAt(part, 'byteOffset') ?? 0;
    if (offset % componentBytes !== 0)
      this.#report('alignment', 'error', below(place, 'byteOffset'), { componentBytes });
    const available = viewBytes(view);
    const end = offset + count * elementBytes;
    if (available !== undefined && end > available) this.#report('accessor', 'error', place, { end, available });
    if (has(view, 'byteStride')) this.#report('stride-unused', 'note', below(place, 'bufferView'));
  }

  /** The limit is for all that the loaders load, and exceeded once. */
  #unpack(bytes: number, place: Place): void {
    if (!this.#model.loaded.includes(place)) return;
    const isWithin = this.#unpackedBytes <= MAX_UNPACKED_BYTES;
    this.#unpackedBytes += bytes;
    if (!isWithin || this.#unpackedBytes <= MAX_UNPACKED_BYTES) return;
    this.#report('memory', 'error', place, { maxBytes: MAX_UNPACKED_BYTES });
  }

  #report(reason: string, gravity: Gravity, place: Place, params?: Readonly<Record<string, number>>): void {
    this.#model.findings.add({ topic: 'bounds', reason, gravity, ...(params && { params }) }, place);
  }
}

/**
 * Where the values end in their view. The last one of interleaved values needs no gap behind it by
 * the specification, but the loaders read it with one.
 */
function endOf(layout: AccessorLayout, stride: number): number {
  const { offset, count, elementBytes } = layout;
  const end = offset + (count - 1) * stride + elementBytes;
  return isTight(layout) ? end : Math.max(end, (Math.floor(offset / stride) + count) * stride);
}
