export interface CheckOutcome {
  readonly passed: number;
  readonly failed: number;
  /** The tests that failed, by name: the end of a log is often all that is read. */
  readonly failures: readonly string[];
  /** What could not run here and why, by name. */
  readonly notRun: readonly string[];
}

export interface CheckResult extends CheckOutcome {
  readonly name: string;
  readonly seconds: number;
}

function total(results: readonly CheckResult[], field: 'passed' | 'failed'): number {
  return results.reduce((sum, result) => sum + result[field], 0);
}

/** One line a check, one for each failed test, one for each thing that could not run here, and last the line that machines read. */
export function printSummary(results: readonly CheckResult[]): void {
  console.log('\n== summary');
  for (const { name, passed, failed, seconds } of results) {
    const verdict = failed === 0 ? 'ok  ' : 'FAIL';
    console.log(`${verdict}  ${name.padEnd(12)} ${passed} passed, ${failed} failed  (${seconds.toFixed(1)} s)`);
  }
  for (const name of results.flatMap(({ failures }) => failures)) console.log(`failed: ${name}`);
  for (const reason of results.flatMap(({ notRun }) => notRun)) console.log(`not run here: ${reason}`);
  console.log(`${total(results, 'passed')} passed, ${total(results, 'failed')} failed`);
}
