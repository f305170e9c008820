import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from './scripts/find-chromium.ts';
import { hasDisplay } from './scripts/open-in-browser.ts';
import { electronUnderTest, softwareGraphics } from './test/e2e/support/electron-under-test.ts';

const chromiumPath = findChromium();

const quietArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** What only a real Electron can show. */
const ELECTRON_SPECS = 'electron/**';
/**
 * Walks that differ from another one only by the theme. What a theme can break is its contrast, and
 * one walk looks at every screen in both.
 */
const DARK_TWINS = /^(?!.*no screen has an accessibility fault).*, dark$/;
/** Walks whose steps other tests take, too; `test/README.md` says which. */
const NIGHTLY = /@nightly/;

// Without a locale, as in a bare container, Chromium opens no file whose name is not ASCII.
const { LC_ALL, LC_CTYPE, LANG } = process.env;
if (!LC_ALL && !LC_CTYPE && !LANG) process.env.LC_CTYPE = 'C.UTF-8';

const electronShell = { name: 'electron', use: { shell: 'electron' as const } };

/** The same specs in both shells, and more in Electron's, where it is installed and there is a display. */
export default defineConfig<{ shell: 'browser' | 'electron' }>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  ...(process.env.ALL_WALKS === '1' ? {} : { grepInvert: [DARK_TWINS, NIGHTLY] }),
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
  projects: [
    { name: 'browser', testIgnore: ELECTRON_SPECS, use: { shell: 'browser' } },
    ...(electronUnderTest() !== null && hasDisplay() ? [electronShell] : []),
  ],
});
