/** What decides whether a change lands must not depend on chance; the nightly run tries another seed every day. */
const USUAL_SEED = 20_261_130;

/**
 * The seed of this run's generated cases: `TEST_SEED=123 npm test` tries others. Titles contain it,
 * so that it is printed.
 */
export const testSeed = Number(process.env.TEST_SEED ?? USUAL_SEED);

/** The part of the full number of cases that a run tries; `PROPERTY_SCALE=1` tries all of them, as the nightly run does. */
const scale = Number(process.env.PROPERTY_SCALE ?? 0.1);
/** Fewer cases than this find nothing. */
const MIN_RUNS = 10;

/** How many of `full` cases this run tries. */
export function scaledRuns(full: number): number {
  return Math.min(full, Math.max(MIN_RUNS, Math.round(full * scale)));
}

/** fast-check's options for a property that the full run tries on `full` cases. */
export function propertyRuns(full = 100): { readonly seed: number; readonly numRuns: number } {
  return { seed: testSeed, numRuns: scaledRuns(full) };
}
