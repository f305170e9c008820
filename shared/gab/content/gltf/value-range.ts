import { FLOAT } from './attribute-formats.ts';

type Values = Float32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array | Int8Array;

type Open = (buffer: ArrayBufferLike, start: number, length: number) => Values;

/** Every platform of this project stores numbers with the lowest byte first, as glTF does. */
const openers: ReadonlyMap<number, Open> = new Map<number, Open>([
  [5120, (buffer, start, length) => new Int8Array(buffer, start, length)],
  [5121, (buffer, start, length) => new Uint8Array(buffer, start, length)],
  [5122, (buffer, start, length) => new Int16Array(buffer, start, length)],
  [5123, (buffer, start, length) => new Uint16Array(buffer, start, length)],
  [5125, (buffer, start, length) => new Uint32Array(buffer, start, length)],
  [FLOAT, (buffer, start, length) => new Float32Array(buffer, start, length)],
]);

interface ValueKind {
  readonly componentType: number;
  readonly components: number;
  readonly componentBytes: number;
  readonly stride: number;
}

/** The smallest and largest value of each component, and whether all are numbers. */
export class ValueRange {
  readonly min: number[];
  readonly max: number[];
  isFinite = true;
  /** Whether each value is larger than the one before it; only for single numbers. */
  isIncreasing = true;
  #last = Number.NEGATIVE_INFINITY;
  readonly #kind: ValueKind;
  readonly #open: Open;

  constructor(kind: ValueKind) {
    this.#kind = kind;
    const open = openers.get(kind.componentType);
    if (!open) throw new Error(`no such component: ${kind.componentType}`);
    this.#open = open;
    this.min = Array.from<number>({ length: kind.components }).fill(Number.POSITIVE_INFINITY);
    this.max = Array.from<number>({ length: kind.components }).fill(Number.NEGATIVE_INFINITY);
  }

  take(bytes: Uint8Array, elements: number): void {
    const { components, componentBytes, stride } = this.#kind;
    // Typed arrays start at multiples of their element; a copy does.
    const aligned = bytes.byteOffset % componentBytes === 0 ? bytes : new Uint8Array(bytes);
    const length = Math.floor(aligned.byteLength / componentBytes);
    const values = this.#open(aligned.buffer, aligned.byteOffset, length);
    const step = stride / componentBytes;
    for (let component = 0; component < components; component += 1) {
      const end = (elements - 1) * step + component + 1;
      if (values instanceof Float32Array) this.#scanFloats(values, { component, end, step });
      else this.#scan(values, { component, end, step });
    }
    if (components === 1) this.#follow(values, step);
  }

  #scan(values: Values, { component, end, step }: Scan): void {
    let low = this.min[component] ?? 0;
    let high = this.max[component] ?? 0;
    for (let at = component; at < end; at += step) {
      const value = values[at] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    this.min[component] = low;
    this.max[component] = high;
  }

  /** The same for one kind of array only, which the engine makes several times as fast. */
  #scanFloats(values: Float32Array, { component, end, step }: Scan): void {
    let low = this.min[component] ?? 0;
    let high = this.max[component] ?? 0;
    let areNumbers = true;
    for (let at = component; at < end; at += step) {
      const value = values[at] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
      // Infinity minus itself is not a number, either.
      if (value - value !== 0) areNumbers = false;
    }
    this.min[component] = low;
    this.max[component] = high;
    this.isFinite &&= areNumbers;
  }

  #follow(values: Values, step: number): void {
    if (!this.isIncreasing) return;
    for (let at = 0; at < values.length; at += step) {
      const value = values[at] ?? 0;
      if (value <= this.#last) {
        this.isIncreasing = false;
        return;
      }
      this.#last = value;
    }
  }
}

interface Scan {
  readonly component: number;
  readonly end: number;
  readonly step: number;
}
