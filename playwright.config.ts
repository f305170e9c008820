import { defineConfig } from '@playwright/test';
import { electronIsInstalled } from './scripts/electron-binary.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './scripts/find-chromium.ts';

const chromiumPath = findChromium();

/** 3D without a graphics card: slow, but the same pixels everywhere. */
const softwareGraphics = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // Only WebGL draws with it. A page that is put together by it takes twice the CPU time.
  '--disable-gpu-compositing',
];
const quietArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

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
  use: {
    launchOptions: {
      ...(chromiumPath ? { executablePath: chromiumPath } : {}),
      args: [...CHROMIUM_ARGUMENTS, ...softwareGraphics, ...quietArguments],
    },
    // A trace records every action in pictures, which is wasted on tests that pass: `--trace=on`
    // asks for it.
    screenshot: 'only-on-failure',
  },
  projects: [{ name: 'browser', use: { shell: 'browser' } }, ...(electronIsInstalled() ? [electronShell] : [])],
});
