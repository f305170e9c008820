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

/** The kinds of tests, told apart by what they touch: `test/README.md`. */
export default defineConfig({
  test: {
    // Vitest would leave one core idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // Pure code leaves nothing behind: its files share their modules, which saves half of the time.
        test: {
          name: 'quick',
          include: ['test/quick/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          testTimeout: 30_000,
        },
      },
      { test: { name: 'component', include: ['test/component/**/*.test.ts'], testTimeout: 60_000, ...patient } },
      { test: { name: 'properties', include: ['test/properties/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...postgres } },
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...postgres, testTimeout: 300_000 } },
    ],
  },
});
