import { defineConfig } from '@playwright/test';
import { electronIsInstalled } from './scripts/electron-binary.ts';

const electronShell = { name: 'electron', use: { shell: 'electron' as const } };

/** The same specs in both shells; Electron's only where its program is on this machine. */
export default defineConfig<{ shell: 'browser' | 'electron' }>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  projects: [{ name: 'browser', use: { shell: 'browser' } }, ...(electronIsInstalled() ? [electronShell] : [])],
});
