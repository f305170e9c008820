export interface TimedTest {
  readonly name: string;
  readonly seconds: number;
}

export interface PhaseResult {
  readonly name: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  /** Names of failed tests, because often only the end of a log is read. */
  readonly failures: readonly string[];
  /** Tests that could not run on this machine, with the reason. */
  readonly notRun: readonly string[];
  readonly tests: readonly TimedTest[];
  /** Parts of the phase that ran in parallel, with the duration of each. */
  readonly parts?: readonly TimedTest[];
}

const SHOWN_SLOWEST = 10;

function total(results: readonly PhaseResult[], field: 'passed' | 'failed' | 'seconds'): number {
  return results.reduce((sum, result) => sum + result[field], 0);
}

function line(name: string, seconds: number, rest = ''): string {
  return `${name.padEnd(22)} ${seconds.toFixed(1).padStart(7)} s${rest}`;
}

function printTimes(results: readonly PhaseResult[]): void {
  console.log('\n== where the time went');
  for (const { name, seconds, passed, failed, parts = [] } of results) {
    const verdict = failed === 0 ? 'ok  ' : 'FAIL';
    console.log(line(`${verdict}  ${name}`, seconds, `   ${passed} passed, ${failed} failed`));
    for (const part of parts) console.log(line(`        ${part.name}`, part.seconds, '   side by side'));
  }
  console.log(line('      all', total(results, 'seconds')));
}

function printSlowest(results: readonly PhaseResult[]): void {
  const tests = results.flatMap((result) => result.tests).sort((one, other) => other.seconds - one.seconds);
  if (tests.length === 0) return;
  console.log('\n== the slowest tests');
  for (const { name, seconds } of tests.slice(0, SHOWN_SLOWEST))
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}

/**
 * Prints durations, the slowest tests, failed tests and tests that could not run. The last line is
 * for machines.
 */
export function printSummary(results: readonly PhaseResult[]): void {
  printTimes(results);
  printSlowest(results);
  console.log('\n== summary');
  for (const name of results.flatMap(({ failures }) => failures)) console.log(`failed: ${name}`);
  for (const reason of results.flatMap(({ notRun }) => notRun)) console.log(`not run here: ${reason}`);
  console.log(`${total(results, 'passed')} passed, ${total(results, 'failed')} failed`);
}
