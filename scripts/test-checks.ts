import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronIsInstalled } from './electron-binary.ts';
import { findOrInstallChromium, HOW_TO_GET_CHROMIUM } from './find-chromium.ts';
import type { CheckOutcome } from './test-summary.ts';

const RUNTIMES = ['shared', 'server', 'main', 'preload', 'renderer', 'cli', 'scripts', 'test'] as const;

type Check = (reportDir: string) => CheckOutcome;

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  return status === 0;
}

function outcomeOf(results: readonly boolean[]): CheckOutcome {
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed, notRun: [] };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Vitest's own counts; a file that could not even be loaded counts as one failure. Skipped tests are named. */
function vitest(project: string, reportDir: string): CheckOutcome {
  const file = join(reportDir, `${project}.json`);
  const green = run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + brokenFiles.length;
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo');
  return {
    passed: report.numPassedTests,
    failed: green ? failed : Math.max(failed, 1),
    notRun: skipped.map(({ fullName }) => `${project}: ${fullName}`),
  };
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function endToEnd(reportDir: string): CheckOutcome {
  const chromium = findOrInstallChromium();
  if (!chromium) {
    console.error(`No Chromium, and none could be installed. Either of these fixes it:\n  ${HOW_TO_GET_CHROMIUM}`);
    return { passed: 0, failed: 1, notRun: [] };
  }
  if (!run('node', ['scripts/build.ts'])) return { passed: 0, failed: 1, notRun: [] };
  const file = join(reportDir, 'e2e.json');
  const green = run('playwright', ['test', '--reporter=list,json'], {
    GABINET_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  const failed = stats.unexpected + stats.flaky;
  const notRun = stats.skipped > 0 ? [`${stats.skipped} end-to-end tests that skipped themselves`] : [];
  if (!electronIsInstalled())
    notRun.push('the end-to-end specs in the Electron shell: Electron’s program is not on this machine');
  return { passed: stats.expected, failed: green ? failed : Math.max(failed, 1), notRun };
}

/** Every check of `npm test`, in the order in which a fault is cheapest to find. */
export const checks = {
  format: () => outcomeOf([run('biome', ['ci', '.'])]),
  lint: () => outcomeOf([run('oxlint', ['--type-aware', '--deny-warnings'])]),
  types: () => outcomeOf(RUNTIMES.map((runtime) => run('tsc', ['-p', runtime]))),
  layers: () => outcomeOf([run('node', ['scripts/check-layers.ts'])]),
  unused: () => outcomeOf([run('knip', [])]),
  unit: (reportDir) => vitest('unit', reportDir),
  integration: (reportDir) => vitest('integration', reportDir),
  e2e: endToEnd,
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
