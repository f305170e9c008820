import { countAt, has, objectAt } from '../untyped.ts';
import { type AccessorLayout, declaredRange, type Span, spanInView, spanOf } from './accessor-layout.ts';
import { FLOAT } from './attribute-formats.ts';
import type { BufferContents } from './buffer-checks.ts';
import { type DataUse, findUses } from './data-uses.ts';
import { componentBytes } from './mesh-shapes.ts';
import type { Gravity } from './model-findings.ts';
import type { ModelParts } from './model-parts.ts';
import { below, type Place, placeOf } from './place.ts';
import type { Region } from './regions.ts';
import { ValueRange } from './value-range.ts';

/** A region and the buffer that it is in. */
export interface BufferRegion extends Region {
  readonly buffer: number;
}

/**
 * How often the accessors of a model may read the same bytes on average. Real ones read almost all
 * of them once; more is only made to keep a checking program busy.
 */
const MAX_READS_PER_BYTE = 16;
/** Small files may use their few values for everything. */
const FREE_READ_BYTES = 1024 * 1024;

/** Finds the ranges of all values of a model while its bytes arrive, and judges them at the end. */
export class DataChecks {
  readonly regions: readonly BufferRegion[];
  readonly #parts: ModelParts;
  readonly #contents: BufferContents;
  readonly #uses: ReadonlyMap<number, DataUse>;
  readonly #judges: (() => void)[] = [];

  constructor(parts: ModelParts, contents: BufferContents) {
    this.#parts = parts;
    this.#contents = contents;
    this.#uses = findUses(parts);
    this.regions = this.#limitReads(parts.layouts.flatMap((layout) => (layout ? this.#regionsOf(layout) : [])));
  }

  /** Reports what the values showed. Once, after the last byte. */
  report(): void {
    for (const judge of this.#judges) judge();
  }

  #limitReads(regions: BufferRegion[]): BufferRegion[] {
    const readBytes = regions.reduce((sum, { count, elementBytes }) => sum + count * elementBytes, 0);
    if (readBytes <= MAX_READS_PER_BYTE * this.#contents.totalBytes + FREE_READ_BYTES) return regions;
    this.#judges.length = 0;
    this.#parts.model.findings.add({ topic: 'bounds', reason: 'overlap', gravity: 'error' }, placeOf('accessors'));
    return [];
  }

  #regionsOf(layout: AccessorLayout): BufferRegion[] {
    const place = placeOf('accessors', layout.index);
    const sparse = has(layout.json, 'sparse') ? this.#sparseRegions(layout, below(place, 'sparse')) : [];
    const span = spanOf(this.#parts.model, layout);
    // The loaders use no small matrices, whose columns are padded.
    const isPadded = layout.tightStride !== layout.components * layout.componentBytes;
    if (!span || isPadded || !this.#isInside(span, layout)) return sparse;
    const { region, range } = watch(span, layout);
    this.#judges.push(() => this.#judge(layout, range, place));
    return [region, ...sparse];
  }

  #sparseRegions(layout: AccessorLayout, place: Place): BufferRegion[] {
    const sparse = objectAt(layout.json, 'sparse');
    const count = countAt(sparse, 'count') ?? 0;
    const indices = this.#sparsePart(objectAt(sparse, 'indices'), {
      ...layout,
      count,
      components: 1,
      componentType: countAt(objectAt(sparse, 'indices'), 'componentType') ?? 0,
    });
    const values = this.#sparsePart(objectAt(sparse, 'values'), { ...layout, count });
    if (!indices || !values) return [];
    this.#judges.push(() => {
      if (Math.max(...indices.range.max) >= layout.count)
        this.#report('sparse-index', 'error', below(place, 'indices'));
      if (!indices.range.isIncreasing) this.#report('sparse-order', 'warning', below(place, 'indices'));
      this.#judgeFinite(layout, values.range, below(place, 'values'));
    });
    return [indices.region, values.region];
  }

  #sparsePart(part: unknown, layout: Watched) {
    const view = countAt(part, 'bufferView');
    const bytes = componentBytes.get(layout.componentType);
    if (view === undefined || bytes === undefined) return null;
    const elementBytes = layout.components * bytes;
    const span = spanInView(this.#parts.model, view, countAt(part, 'byteOffset') ?? 0, elementBytes);
    const watched = { ...layout, componentBytes: bytes, elementBytes };
    return span && this.#isInside(span, watched) ? watch(span, watched) : null;
  }

  /** Values beyond the end of a buffer are reported with the bytes. */
  #isInside({ buffer, start, stride }: Span, { count, elementBytes }: Watched): boolean {
    const available = this.#contents.availableBytes(buffer);
    return count > 0 && stride >= elementBytes && start + (count - 1) * stride + elementBytes <= available;
  }

  #judge(layout: AccessorLayout, range: ValueRange, place: Place): void {
    if (!this.#judgeFinite(layout, range, place)) return;
    const use = this.#uses.get(layout.index);
    if (use?.limit && Math.max(...range.max) >= use.limit.below) {
      const { kind, below: limit, place: at } = use.limit;
      this.#report(kind, kind === 'index' ? 'error' : 'warning', at, { found: Math.max(...range.max), limit });
    }
    this.#judgeKind(use, range, layout);
    if (!has(layout.json, 'sparse')) this.#judgeDeclared(layout, range, place);
  }

  #judgeFinite({ index }: AccessorLayout, range: ValueRange, place: Place): boolean {
    if (!range.isFinite) this.#report('not-finite', this.#uses.get(index)?.isShape ? 'error' : 'warning', place);
    return range.isFinite;
  }

  #judgeKind(use: DataUse | undefined, range: ValueRange, { componentType }: AccessorLayout): void {
    if (!use?.kind || use.place === undefined || componentType !== FLOAT) return;
    const low = Math.min(...range.min);
    if (use.kind === 'time' && (low < 0 || !range.isIncreasing)) this.#report('times', 'warning', use.place);
    if (use.kind === 'weight' && low < 0) this.#report('weights', 'warning', use.place);
    if (use.kind === 'color' && (low < 0 || Math.max(...range.max) > 1)) this.#report('colors', 'warning', use.place);
    if (use.kind === 'matrix' && !isAffine(range)) this.#report('matrices', 'warning', use.place);
  }

  #judgeDeclared(layout: AccessorLayout, range: ValueRange, place: Place): void {
    const declared = declaredRange(layout);
    if (!declared) return;
    const isRight = declared.min.every((min, component) => {
      const [found, max] = [range.min[component] ?? min, declared.max[component] ?? 0];
      const tolerance = RANGE_TOLERANCE * Math.max(1, Math.abs(min), Math.abs(max));
      return Math.abs(found - min) <= tolerance && Math.abs((range.max[component] ?? max) - max) <= tolerance;
    });
    if (!isRight) this.#report('range', 'warning', place);
  }

  #report(reason: string, gravity: Gravity, place: Place, params?: Readonly<Record<string, number>>): void {
    this.#parts.model.findings.add({ topic: 'data', reason, gravity, ...(params && { params }) }, place);
  }
}

/** Exporters write the range with fewer digits than the values have. */
const RANGE_TOLERANCE = 1e-3;

/** The last row of the matrices, by columns. */
function isAffine({ min, max }: ValueRange): boolean {
  return [3, 7, 11, 15].every((at) => {
    const expected = at === 15 ? 1 : 0;
    return (
      Math.abs((min[at] ?? expected) - expected) < RANGE_TOLERANCE &&
      Math.abs((max[at] ?? expected) - expected) < RANGE_TOLERANCE
    );
  });
}

type Watched = Pick<AccessorLayout, 'componentType' | 'components' | 'componentBytes' | 'elementBytes' | 'count'>;

function watch(span: Span, layout: Watched): { region: BufferRegion; range: ValueRange } {
  const range = new ValueRange({ ...layout, stride: span.stride });
  const { count, elementBytes } = layout;
  return { range, region: { ...span, count, elementBytes, take: (bytes, elements) => range.take(bytes, elements) } };
}
