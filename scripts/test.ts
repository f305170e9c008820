import { planTests } from './test-plan.ts';
import { runPlan } from './test-run.ts';
import { printSummary } from './test-summary.ts';

/**
 * `npm test` runs every check that decides whether a change can land. `node scripts/test.ts lint
 * quick` runs only the named ones.
 */
async function main(): Promise<number> {
  const plan = planTests(process.argv.slice(2));
  if (typeof plan === 'string') {
    console.error(plan);
    return 2;
  }
  const results = await runPlan(plan);
  printSummary(results);
  return results.every(({ failed }) => failed === 0) ? 0 : 1;
}

process.exitCode = await main();
