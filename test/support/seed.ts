/** The seed of this run's property tests: `TEST_SEED=123 npm test` repeats a run. Goes into the titles, so that it is printed. */
export const testSeed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000_000);
