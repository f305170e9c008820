import { expect, test, vi } from 'vitest';
import { type PhaseResult, printSummary } from '../../../scripts/test-summary.ts';

const phase: PhaseResult = { name: 'e2e', seconds: 2, passed: 3, failed: 0, failures: [], notRun: [], tests: [] };

function printed(results: readonly PhaseResult[]): readonly string[] {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  printSummary(results);
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  return lines;
}

test('the last line of a run says how many tests passed and failed, over all phases', () => {
  const lines = printed([phase, { ...phase, passed: 10, failed: 2 }]);
  expect(lines.at(-1)).toBe('13 passed, 2 failed');
});

test('a run names its ten slowest tests of all phases, the slowest first', () => {
  const tests = Array.from({ length: 12 }, (_, index) => ({ name: `t${index}`, seconds: index }));
  const lines = printed([
    { ...phase, tests: tests.slice(6) },
    { ...phase, tests: tests.slice(0, 6) },
  ]);
  const named = lines.filter((line) => /s {2}t\d+$/.test(line)).map((line) => line.trim().split(/ s +/));
  expect(named.map(([, name]) => name)).toEqual(['t11', 't10', 't9', 't8', 't7', 't6', 't5', 't4', 't3', 't2']);
  expect(named[0]).toEqual(['11.0', 't11']);
});

test('each failed test and each thing that could not run is named after the slowest tests', () => {
  const lines = printed([{ ...phase, failed: 1, failures: ['e2e: a'], notRun: ['Electron'] }]);
  expect(lines.slice(-3)).toEqual(['failed: e2e: a', 'not run here: Electron', '3 passed, 1 failed']);
});
