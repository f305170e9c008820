import { defineConfig } from 'vitest/config';

const postgres = { globalSetup: ['test/support/global-setup.ts'], testTimeout: 120_000, hookTimeout: 120_000 };

/** The kinds of tests, told apart by what they touch: `test/README.md`. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'quick', include: ['test/quick/**/*.test.ts'], pool: 'threads', isolate: false, testTimeout: 30_000 } },
      { test: { name: 'component', include: ['test/component/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'properties', include: ['test/properties/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...postgres } },
      {
        // All seeds run before the first of them is looked at.
        test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...postgres, hookTimeout: 1_800_000 },
      },
    ],
  },
});
