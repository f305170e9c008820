import { runCommand, secondsSince } from './test-command.ts';
import { runPlan } from './test-run.ts';
import { type PhaseResult, printSummary } from './test-summary.ts';

const DAY_MS = 86_400_000;
const FAULT_SEEDS = 300;
const MUTANTS = 20_000;

/** Other ones every day, the same ones all day: what failed in the night can be repeated in the morning. */
const today = Math.floor(Date.now() / DAY_MS);
const LONG = { PROPERTY_SCALE: '1', TEST_SEED: String(today), CRASH_ROUNDS: '30', ALL_WALKS: '1', LARGE_FILES: '1' };

async function runProgram(name: string, args: readonly string[]): Promise<PhaseResult> {
  console.log(`\n== ${name}: node ${args.join(' ')}`);
  const startedAt = performance.now();
  const isGreen = await runCommand('node', args);
  const [passed, failed] = isGreen ? [1, 0] : [0, 1];
  const failures = isGreen ? [] : [`${name}: node ${args.join(' ')}`];
  return { name, seconds: secondsSince(startedAt), passed, failed, failures, notRun: [], tests: [] };
}

/**
 * `npm run test:nightly`: what takes too long to decide what lands. All properties in full, every
 * walk in every theme, more crashes, more fault schedules, more mutants, files of several GiB.
 */
async function main(): Promise<number> {
  const from = today * FAULT_SEEDS;
  console.log(`seed ${today}, fault seeds ${from} to ${from + FAULT_SEEDS - 1}`);
  const results = [
    ...(await runPlan({ static: [], projects: ['component', 'properties', 'integration'], endToEnd: true }, LONG)),
    await runProgram('fault schedules', [
      'test/faults/run-faults.ts',
      '--seeds',
      String(FAULT_SEEDS),
      '--from',
      String(from),
    ]),
    await runProgram('fuzzing', [
      'test/properties/fuzz/fuzz-bundles.ts',
      '--mutants',
      String(MUTANTS),
      '--seed',
      String(today),
    ]),
  ];
  printSummary(results);
  return results.every(({ failed }) => failed === 0) ? 0 : 1;
}

process.exitCode = await main();
