/** A run of values in a buffer that is read while its bytes arrive. */
export interface Region {
  /** Offset of the first value in its buffer, in bytes. */
  readonly start: number;
  /** From one value to the next, in bytes; at least `elementBytes`. */
  readonly stride: number;
  readonly count: number;
  readonly elementBytes: number;
  /** Receives `elements` whole values in order; they begin `stride` bytes apart. */
  readonly take: (bytes: Uint8Array, elements: number) => void;
}

/** Passes the pieces of a buffer to the regions in it. Pieces may split values anywhere. */
export class Regions {
  readonly #waiting: readonly RegionReader[];
  #next = 0;
  #active: RegionReader[] = [];

  constructor(regions: readonly Region[]) {
    const readers = regions.filter(({ count }) => count > 0).map((region) => new RegionReader(region));
    this.#waiting = readers.toSorted((left, right) => left.start - right.start);
  }

  /** `offset`: where `bytes` start in the buffer; pieces follow each other without gaps. */
  push(bytes: Uint8Array, offset: number): void {
    const end = offset + bytes.byteLength;
    for (let reader = this.#waiting[this.#next]; reader && reader.start < end; reader = this.#waiting[this.#next]) {
      this.#active.push(reader);
      this.#next += 1;
    }
    for (const reader of this.#active) reader.push(bytes, offset);
    this.#active = this.#active.filter((reader) => !reader.isDone);
  }
}

class RegionReader {
  readonly start: number;
  readonly #region: Region;
  #taken = 0;
  /** The beginning of a value that a piece has split. */
  readonly #split: Uint8Array;
  #splitBytes = 0;

  constructor(region: Region) {
    this.start = region.start;
    this.#region = region;
    this.#split = new Uint8Array(region.elementBytes);
  }

  get isDone(): boolean {
    return this.#taken >= this.#region.count;
  }

  push(bytes: Uint8Array, offset: number): void {
    if (this.#splitBytes > 0) this.#fillSplit(bytes, this.#nextStart() + this.#splitBytes - offset);
    if (this.#splitBytes > 0 || this.isDone) return;
    this.#takeWhole(bytes, this.#nextStart() - offset);
    if (!this.isDone) this.#fillSplit(bytes, this.#nextStart() - offset);
  }

  #nextStart(): number {
    return this.start + this.#taken * this.#region.stride;
  }

  #takeWhole(bytes: Uint8Array, at: number): void {
    const { stride, elementBytes, count, take } = this.#region;
    const room = bytes.byteLength - at - elementBytes;
    if (room < 0) return;
    const elements = Math.min(Math.floor(room / stride) + 1, count - this.#taken);
    take(bytes.subarray(at, at + (elements - 1) * stride + elementBytes), elements);
    this.#taken += elements;
  }

  #fillSplit(bytes: Uint8Array, at: number): void {
    if (at >= bytes.byteLength) return;
    const { elementBytes, take } = this.#region;
    const part = bytes.subarray(at, at + elementBytes - this.#splitBytes);
    this.#split.set(part, this.#splitBytes);
    this.#splitBytes += part.byteLength;
    if (this.#splitBytes < elementBytes) return;
    take(this.#split, 1);
    this.#splitBytes = 0;
    this.#taken += 1;
  }
}
