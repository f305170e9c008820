import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronIsInstalled } from './electron-binary.ts';
import { findOrInstallChromium, HOW_TO_GET_CHROMIUM } from './find-chromium.ts';
import { hasDisplay } from './open-in-browser.ts';
import { runCommand, secondsSince } from './test-command.ts';
import { type PlaywrightReport, readPlaywrightReport } from './test-reports.ts';
import type { PhaseResult } from './test-summary.ts';

function failedBefore(what: string, startedAt: number): PhaseResult {
  const seconds = secondsSince(startedAt);
  return { name: 'e2e', seconds, passed: 0, failed: 1, failures: [`e2e: ${what}`], notRun: [], tests: [] };
}

/** Why Playwright's project `electron` does not exist here, or null if it does. */
function whyNotInElectron(): string | null {
  const what = 'the end-to-end specs in the Electron shell';
  if (!electronIsInstalled()) return `${what}: Electron is not installed`;
  return hasDisplay() ? null : `${what}: there is no display (npm run test:electron opens one)`;
}

/** See `playwright.config.ts`. */
function whyNotEveryWalk({ ALL_WALKS = process.env.ALL_WALKS }: Readonly<Record<string, string>>): string | null {
  if (ALL_WALKS === '1') return null;
  return 'walks in dark that are the same in light, and walks marked @nightly: npm run test:nightly has them';
}

export async function runEndToEnd(
  reportDir: string,
  environment: Readonly<Record<string, string>>,
): Promise<PhaseResult> {
  const startedAt = performance.now();
  const chromium = findOrInstallChromium();
  if (!chromium) {
    console.error(`No Chromium, and none could be installed. Either of these fixes it:\n  ${HOW_TO_GET_CHROMIUM}`);
    return failedBefore('no Chromium', startedAt);
  }
  if (!(await runCommand('node', ['scripts/build.ts']))) return failedBefore('the build', startedAt);
  const file = join(reportDir, 'e2e.json');
  const isGreen = await runCommand('playwright', ['test', '--reporter=list,json'], {
    ...environment,
    GABINET_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const result = readPlaywrightReport(JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport, isGreen);
  const leftOut = [whyNotInElectron(), whyNotEveryWalk(environment)].filter((reason) => reason !== null);
  return { ...result, notRun: [...result.notRun, ...leftOut], seconds: secondsSince(startedAt) };
}
