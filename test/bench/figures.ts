/** One measured figure. */
export interface Figure {
  /** Stable and in kebab-case, because scripts search for it. */
  readonly name: string;
  readonly value: number;
  readonly goal: number;
  /** True if larger is better and the goal is a minimum. Otherwise smaller is better. */
  readonly isMinimum?: boolean;
  /** Digits after the decimal point. */
  readonly digits?: number;
}

/** Formats a figure as `NAME VALUE GOAL met|missed`, the form of every benchmark line. */
export function figureLine({ name, value, goal, isMinimum = false, digits = 2 }: Figure): string {
  const isMet = isMinimum ? value >= goal : value <= goal;
  return `${name} ${value.toFixed(digits)} ${goal} ${isMet ? 'met' : 'missed'}`;
}

/** Written to standard error, so that standard output contains only figures. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export type Contestant = () => Promise<unknown>;

/**
 * Times each contestant once per round, in turns, so that a busy machine slows all of them alike.
 * Returns the milliseconds of every round by name. The first round is a warm-up and is not counted.
 * `before` runs before each turn and is not timed.
 */
export async function raceInRounds(
  contestants: Readonly<Record<string, Contestant>>,
  rounds: number,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      await before();
      const startedAt = performance.now();
      await run();
      if (round >= 0) times.get(name)?.push(performance.now() - startedAt);
    }
  }
  return times;
}
