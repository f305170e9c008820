import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where systems keep a Chromium that Playwright can drive. */
const SYSTEM_CHROMIUMS = [
  // Without the browser around the page, which nobody sees here: a fifth less CPU time for each
  // spec.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Chromium refuses its own sandbox to root; nothing but our own loopback pages is opened. Site
 * isolation, which a browser with a window has anyway, is off in the one without.
 */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--site-per-process',
];

/** Longest wait for a download or an apt run, in milliseconds: a slow mirror, not a dead one. */
const INSTALL_TIMEOUT_MS = 10 * 60_000;

export const HOW_TO_GET_CHROMIUM =
  'npx playwright install chromium   or, on Debian:   sudo apt-get install -y chromium-headless-shell';

/** The path of a Chromium that is on this machine already, or null. `GABINET_CHROMIUM` names another one. */
export function findChromium(): string | null {
  const named = process.env.GABINET_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return [chromium.executablePath(), ...SYSTEM_CHROMIUMS].find((path) => existsSync(path)) ?? null;
}

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, ...environment },
  });
  return result.status === 0;
}

function installWithPlaywright(): boolean {
  return run('npx', ['playwright', 'install', 'chromium'], { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' });
}

function installWithApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  run('apt-get', ['update']);
  return ['chromium-headless-shell', 'chromium'].some((name) =>
    run('apt-get', ['install', '-y', '--no-install-recommends', name], { DEBIAN_FRONTEND: 'noninteractive' }),
  );
}

/** The path of a Chromium, installing one if this computer allows it; null if none is available. */
export function findOrInstallChromium(): string | null {
  const present = findChromium();
  if (present) return present;
  console.log('No Chromium found; installing one.');
  if (installWithPlaywright() && findChromium()) return findChromium();
  return installWithApt() ? findChromium() : null;
}
