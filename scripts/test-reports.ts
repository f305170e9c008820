import { relative } from 'node:path';
import type { PhaseResult, TimedTest } from './test-summary.ts';

/** The part of Vitest's report that is used here; times in milliseconds. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    /** The file's path. */
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly duration?: number | null;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

const NOT_RUN = ['skipped', 'pending', 'todo'];

/** The kind of a test file: the folder below `test`. */
function projectOf(path: string): string {
  return relative('test', path).split(/[/\\]/)[0] ?? '';
}

function partsOf({ testResults }: VitestReport): readonly TimedTest[] {
  const byProject = Map.groupBy(testResults, ({ name }) => projectOf(name));
  return [...byProject].map(([name, files]) => ({
    name,
    seconds: files.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0),
  }));
}

/**
 * Vitest's own counts. Each of `errors`, which belong to no test (`hook-errors-reporter.ts`),
 * counts as one failure. Skipped tests are listed.
 */
export function readVitestReport(
  report: VitestReport,
  errors: readonly string[],
  isGreen: boolean,
): Omit<PhaseResult, 'name' | 'seconds'> {
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, name: `${projectOf(name)}: ${test.fullName}` })),
  );
  const failed = report.numFailedTests + errors.length;
  const failedTests = tests.filter(({ status }) => status === 'failed');
  const failures = [
    ...errors,
    ...failedTests.map(({ name, failureMessages }) => `${name}: ${failureMessages?.[0]?.split('\n', 1)[0] ?? ''}`),
  ];
  const unexplained = isGreen || failed > 0 ? [] : ['Vitest ended with an error; its output says which'];
  return {
    passed: report.numPassedTests,
    failed: failed + unexplained.length,
    failures: [...failures, ...unexplained],
    notRun: tests.filter(({ status }) => NOT_RUN.includes(status)).map(({ name }) => name),
    tests: tests.map(({ name, duration }) => ({ name, seconds: (duration ?? 0) / 1000 })),
    parts: partsOf(report),
  };
}

interface PlaywrightSpec {
  readonly title: string;
  readonly ok: boolean;
  readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly PlaywrightSpec[];
}

/** The part of Playwright's report that is used here; times in milliseconds. */
export interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function specsOf({ title, suites = [], specs }: PlaywrightSuite): readonly (PlaywrightSpec & { name: string })[] {
  return [...specs.map((spec) => ({ ...spec, name: `e2e: ${title}: ${spec.title}` })), ...suites.flatMap(specsOf)];
}

function secondsOf({ tests }: PlaywrightSpec): number {
  return tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration / 1000, 0);
}

/** Playwright's own counts, except that a test which passed only on retry counts as failed. */
export function readPlaywrightReport(
  { stats, suites }: PlaywrightReport,
  isGreen: boolean,
): Omit<PhaseResult, 'seconds'> {
  const specs = suites.flatMap(specsOf);
  const failed = stats.unexpected + stats.flaky;
  return {
    name: 'e2e',
    passed: stats.expected,
    failed: isGreen ? failed : Math.max(failed, 1),
    failures: specs.filter(({ ok }) => !ok).map(({ name }) => name),
    notRun: stats.skipped > 0 ? [`${stats.skipped} end-to-end tests that skipped themselves`] : [],
    tests: specs.map((spec) => ({ name: spec.name, seconds: secondsOf(spec) })),
  };
}
