import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronIsInstalled } from './electron-binary.ts';
import { findOrInstallChromium, HOW_TO_GET_CHROMIUM } from './find-chromium.ts';
import type { CheckOutcome } from './test-summary.ts';

const RUNTIMES = ['shared', 'node', 'server', 'main', 'preload', 'renderer', 'cli', 'scripts', 'test'] as const;

type Check = (reportDir: string) => CheckOutcome;

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  return status === 0;
}

function outcomeOf(results: readonly boolean[]): CheckOutcome {
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed, failures: [], notRun: [] };
}

function failure(name: string): CheckOutcome {
  return { passed: 0, failed: 1, failures: [name], notRun: [] };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
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
    failures: [...brokenFiles.map(({ name }) => `${project}: ${name}`), ...failedTests(project, report)],
    notRun: skipped.map(({ fullName }) => `${project}: ${fullName}`),
  };
}

function failedTests(project: string, report: VitestReport): string[] {
  return report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(
      ({ fullName, failureMessages }) => `${project}: ${fullName}: ${failureMessages?.[0]?.split('\n', 1)[0] ?? ''}`,
    );
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly { readonly title: string; readonly ok: boolean }[];
}

function failedSpecs({ title, suites = [], specs }: PlaywrightSuite): string[] {
  const own = specs.filter(({ ok }) => !ok).map((spec) => `${title}: ${spec.title}`);
  return [...own, ...suites.flatMap(failedSpecs)];
}

interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
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
    return failure('e2e: no Chromium');
  }
  if (!run('node', ['scripts/build.ts'])) return failure('e2e: the build');
  const file = join(reportDir, 'e2e.json');
  const green = run('playwright', ['test', '--reporter=list,json'], {
    GABINET_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  const failed = stats.unexpected + stats.flaky;
  const notRun = stats.skipped > 0 ? [`${stats.skipped} end-to-end tests that skipped themselves`] : [];
  if (!electronIsInstalled())
    notRun.push('the end-to-end specs in the Electron shell: Electron’s program is not on this machine');
  const failures = suites.flatMap(failedSpecs).map((name) => `e2e: ${name}`);
  return { passed: stats.expected, failed: green ? failed : Math.max(failed, 1), failures, notRun };
}

/** Every check of `npm test`, in the order in which a fault is cheapest to find. */
export const checks = {
  format: () => outcomeOf([run('biome', ['ci', '.'])]),
  lint: () => outcomeOf([run('oxlint', ['--type-aware', '--deny-warnings'])]),
  types: () => outcomeOf(RUNTIMES.map((runtime) => run('tsc', ['-p', runtime]))),
  layers: () => outcomeOf([run('node', ['scripts/check-layers.ts'])]),
  kinds: () => outcomeOf([run('node', ['scripts/check-test-kinds.ts'])]),
  links: () => outcomeOf([run('node', ['scripts/check-links.ts'])]),
  unused: () => outcomeOf([run('knip', [])]),
  quick: (reportDir) => vitest('quick', reportDir),
  component: (reportDir) => vitest('component', reportDir),
  properties: (reportDir) => vitest('properties', reportDir),
  integration: (reportDir) => vitest('integration', reportDir),
  faults: (reportDir) => vitest('faults', reportDir),
  e2e: endToEnd,
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
