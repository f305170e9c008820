import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/security/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/sync/**/*.test.ts'],
          testTimeout: 120_000,
          // All seeds run before the first of them is looked at.
          hookTimeout: 1_800_000,
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
