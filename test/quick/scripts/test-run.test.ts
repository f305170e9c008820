import { describe, expect, test } from 'vitest';
import { affectedTests } from '../../../scripts/affected-tests.ts';
import { needsPostgres, planTests, type TestPlan } from '../../../scripts/test-plan.ts';
import { readPlaywrightReport, readVitestReport, type VitestReport } from '../../../scripts/test-reports.ts';

function plan(...names: readonly string[]): TestPlan {
  const planned = planTests(names);
  if (typeof planned === 'string') throw new Error(planned);
  return planned;
}

describe('planTests', () => {
  test('everything runs if no names are given', () => {
    expect(plan().projects).toEqual(['quick', 'component', 'properties', 'integration', 'faults']);
    expect(plan()).toMatchObject({ endToEnd: true });
    expect(plan().static.length).toBeGreaterThan(10);
  });

  test('a name selects one check or a whole group', () => {
    expect(plan('lint').static.map(({ name }) => name)).toEqual(['lint']);
    expect(plan('types').static.map(({ name }) => name)).toContain('types renderer');
    expect(plan('quick', 'faults')).toMatchObject({ static: [], projects: ['quick', 'faults'], endToEnd: false });
  });

  test('an unknown name is refused with a list of all names', () => {
    expect(planTests(['unit', 'lint'])).toMatch(/^Unknown check unit; there are: package, lint, types, .*, e2e$/);
  });

  test('the package is checked if no names are given, or by its name', () => {
    expect(plan().static.map(({ name }) => name)).toContain('package');
    expect(plan('package').static.map(({ name }) => name)).toEqual(['package']);
  });

  test('PostgreSQL starts only for the kinds that use it', () => {
    expect(needsPostgres(plan())).toBe(true);
    expect(needsPostgres(plan('e2e'))).toBe(true);
    expect(needsPostgres(plan('lint', 'quick', 'component', 'properties'))).toBe(false);
  });
});

describe('the report of Vitest', () => {
  const passed = { status: 'passed', fullName: 'a works', duration: 1500 };
  const report: VitestReport = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        name: 'test/quick/a.test.ts',
        startTime: 0,
        endTime: 2000,
        assertionResults: [passed, { status: 'failed', fullName: 'b works', failureMessages: ['Error: no\n  at b'] }],
      },
      { name: 'test/faults/c.test.ts', startTime: 0, endTime: 500, assertionResults: [] },
    ],
  };

  test('counts tests, and each error outside of tests as one failure', () => {
    expect(readVitestReport(report, ['faults/c.test.ts: Error: no such module'], false)).toMatchObject({
      passed: 1,
      failed: 2,
      failures: ['faults/c.test.ts: Error: no such module', 'quick: b works: Error: no'],
      tests: [
        { name: 'quick: a works', seconds: 1.5 },
        { name: 'quick: b works', seconds: 0 },
      ],
      parts: [
        { name: 'quick', seconds: 2 },
        { name: 'faults', seconds: 0.5 },
      ],
    });
  });

  test('names the tests that were skipped', () => {
    const [file] = report.testResults;
    if (!file) throw new Error('no file');
    const skipped = { ...file, assertionResults: [{ ...passed, status: 'skipped' }] };
    expect(readVitestReport({ ...report, testResults: [skipped] }, [], true).notRun).toEqual(['quick: a works']);
  });

  test('an exit code that is not zero is a failure even if no test failed', () => {
    const green = { ...report, numFailedTests: 0, testResults: [] };
    expect(readVitestReport(green, [], false)).toMatchObject({
      failed: 1,
      failures: ['Vitest ended with an error; its output says which'],
    });
    expect(readVitestReport(green, [], true)).toMatchObject({ failed: 0, failures: [] });
  });
});

test('the report of Playwright: a test that passed only on retry has failed', () => {
  const spec = (title: string, ok: boolean) => ({ title, ok, tests: [{ results: [{ duration: 2000 }] }] });
  const suites = [{ title: '01.spec.ts', specs: [spec('a', true), spec('b', false)] }];
  const stats = { expected: 1, unexpected: 0, flaky: 1, skipped: 0 };
  expect(readPlaywrightReport({ suites, stats }, true)).toEqual({
    name: 'e2e',
    passed: 1,
    failed: 1,
    failures: ['e2e: 01.spec.ts: b'],
    notRun: [],
    tests: [
      { name: 'e2e: 01.spec.ts: a', seconds: 2 },
      { name: 'e2e: 01.spec.ts: b', seconds: 2 },
    ],
  });
});

describe('affectedTests', () => {
  const tests = ['test/component/a.test.ts', 'test/component/b.test.ts'];
  const graph = new Map([
    ['test/component/a.test.ts', ['main/a.ts']],
    ['test/component/b.test.ts', ['test/support/b.ts']],
    ['main/a.ts', ['shared/a.ts']],
  ]);

  test.each([
    ['a changed test', ['test/component/b.test.ts'], ['test/component/b.test.ts']],
    ['a file that a test loads through another', ['shared/a.ts'], ['test/component/a.test.ts']],
    ['a file that no test loads', ['renderer/a.tsx'], []],
    ['words about it', ['docs/a.md', 'main/README.md'], []],
    ['a file that is loaded by its path', ['test/fixtures/a.gab'], tests],
    ['the configuration', ['vitest.config.ts'], tests],
  ])('%s', (_, changed, expected) => {
    expect(affectedTests(graph, tests, changed)).toEqual(expected);
  });
});
