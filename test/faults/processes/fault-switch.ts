/** Where inside a process a fault can strike. Bits: a fault may wait for any of several places. */
export const POINTS = {
  /** Bytes are about to go into a file, or a file is copied. */
  fileWrite: 1,
  /** A file is about to get a name, another one, or to lose it. */
  fileName: 2,
  fileSync: 4,
  /** A statement of the client's library that changes rows. */
  libraryWrite: 8,
  libraryCommit: 16,
  /** A statement of the server to PostgreSQL. */
  query: 32,
  queryCommit: 64,
} as const;
export type PointName = keyof typeof POINTS;

/** The fault: the process dies before or after the action, or the disk is full. */
export const effects = ['kill-before', 'kill-after', 'full'] as const;
export type Effect = (typeof effects)[number];

export interface PointFault {
  readonly points: readonly PointName[];
  /** How many of these places are passed without a fault first. */
  readonly skip: number;
  readonly effect: Effect;
  /** `full`: the number of attempts in a row that fail. */
  readonly times: number;
}

/**
 * Messages to a process that was started with the preload. `disarm`: no fault strikes any longer,
 * and the clock stays as it is.
 */
export type SwitchCommand =
  | { readonly to: 'faults'; readonly id: number; readonly kind: 'arm'; readonly fault: PointFault }
  | { readonly to: 'faults'; readonly id: number; readonly kind: 'disarm' }
  | { readonly to: 'faults'; readonly id: number; readonly kind: 'clock'; readonly offsetMs: number };

export const maskOf = (points: readonly PointName[]): number => points.reduce((mask, name) => mask | POINTS[name], 0);

const SLOTS = { mask: 0, skip: 1, effect: 2, times: 3, struck: 4 } as const;
const SLOT_BYTES = 32;

/** The armed fault and the clock of one process, in memory that all of its threads share. */
export class FaultSwitch {
  readonly memory: SharedArrayBuffer;
  readonly #slots: Int32Array;
  readonly #clock: Float64Array;

  constructor(memory = new SharedArrayBuffer(SLOT_BYTES + 8)) {
    this.memory = memory;
    this.#slots = new Int32Array(memory, 0, SLOT_BYTES / 4);
    this.#clock = new Float64Array(memory, SLOT_BYTES, 1);
  }

  arm({ points, skip, effect, times }: PointFault): void {
    this.disarm();
    Atomics.store(this.#slots, SLOTS.skip, skip);
    Atomics.store(this.#slots, SLOTS.effect, effects.indexOf(effect));
    Atomics.store(this.#slots, SLOTS.times, effect === 'full' ? times : 1);
    Atomics.store(this.#slots, SLOTS.mask, maskOf(points));
  }

  /** Returns how often the fault that was armed until now has struck. */
  disarm(): number {
    Atomics.store(this.#slots, SLOTS.mask, 0);
    return Atomics.exchange(this.#slots, SLOTS.struck, 0);
  }

  /** Called at each place: what is to happen there, or null. */
  strike(point: number): Effect | null {
    if ((Atomics.load(this.#slots, SLOTS.mask) & point) === 0) return null;
    if (Atomics.sub(this.#slots, SLOTS.skip, 1) > 0) return null;
    if (Atomics.sub(this.#slots, SLOTS.times, 1) <= 0) return null;
    Atomics.add(this.#slots, SLOTS.struck, 1);
    return effects[Atomics.load(this.#slots, SLOTS.effect)] ?? null;
  }

  setClock(offsetMs: number): void {
    this.#clock[0] = offsetMs;
  }

  clockOffsetMs(): number {
    return this.#clock[0] ?? 0;
  }
}
