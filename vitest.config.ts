import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** A machine may be slow; what a test waits for is seen at once where it is not. */
const patient = { expect: { poll: { timeout: 30_000, interval: 20 } } };
const postgres = {
  ...patient,
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/**
 * The files that run in one process share its modules, because loading them takes as long as the
 * tests: a test therefore leaves no timer, connection or changed global behind.
 */
const shared = { isolate: false };

/** The kinds of tests, told apart by what they touch: `test/README.md`. */
export default defineConfig({
  test: {
    // Vitest would leave one core idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'quick',
          include: ['test/quick/**/*.test.ts'],
          pool: 'threads',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          testTimeout: 60_000,
          ...patient,
        },
      },
      { test: { ...shared, name: 'properties', include: ['test/properties/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...shared, name: 'integration', include: ['test/integration/**/*.test.ts'], ...postgres } },
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...postgres, testTimeout: 300_000 } },
    ],
  },
});
