/** Whole numbers from a seed: the same seed gives the same sequence on every machine (xoshiro128**, seeded by splitmix32). */
export class Random {
  readonly #state = new Uint32Array(4);

  constructor(...seeds: readonly number[]) {
    let mixed = 0x9e3779b9;
    for (const seed of seeds) mixed = splitmix((mixed ^ seed) >>> 0);
    for (let index = 0; index < 4; index += 1) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      this.#state[index] = splitmix(mixed);
    }
  }

  /** 0 to 2^32 - 1. */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const mixedC = c ^ a;
    const mixedD = d ^ b;
    this.#state.set([a ^ mixedD, b ^ mixedC, mixedC ^ (b << 9), rotate(mixedD, 11)]);
    return result;
  }

  /** 0 to `limit` - 1; 0 for a limit of 0. */
  below(limit: number): number {
    return limit <= 0 ? 0 : this.next() % limit;
  }

  /** 0 up to but not 1. */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined && items.length === 0) throw new RangeError('nothing to pick from');
    return item as Item;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Uint8Array.from({ length }, () => this.next() & 0xff));
  }

  shuffle<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
    }
    return shuffled;
  }
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function splitmix(state: number): number {
  let value = (state + 0x9e3779b9) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}

/** Values that often break readers: limits, sentinels, sign bits. */
export const TRICKY_VALUES: readonly number[] = [
  0, 1, 2, 7, 8, 22, 44, 255, 256, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe,
  0xffffffff,
];

/** Returns a tricky value, one close to the true value, or any other. */
export function trickyValue(random: Random, trueValue = 0): number {
  const roll = random.below(4);
  if (roll === 0) return random.pick(TRICKY_VALUES);
  if (roll === 1) return (trueValue + random.pick([-1, 1, 2, 4, -4, 256])) >>> 0;
  return roll === 2 ? random.below(70_000) : random.next();
}
