import { globSync } from 'node:fs';
import { affectedTests } from './affected-tests.ts';
import { changedFiles } from './changed-files.ts';
import { readImportGraph } from './import-graph.ts';
import { runStatic, withReportDir } from './test-run.ts';
import { staticChecks } from './test-static.ts';
import { type PhaseResult, printSummary } from './test-summary.ts';
import { runVitest } from './test-vitest.ts';

/**
 * The component tests that the changes affect. Only these are quick enough to run while working.
 */
function affectedComponentTests(): readonly string[] {
  const tests = globSync('test/component/**/*.test.ts').map((path) => path.replaceAll('\\', '/'));
  return affectedTests(readImportGraph(tests), tests, changedFiles());
}

function runAffected(reportDir: string): Promise<PhaseResult> {
  const affected = affectedComponentTests();
  const files = ['test/quick/', ...affected];
  console.log(`\n== quick tests, and ${affected.length} files of component tests that the changes affect`);
  return runVitest({ projects: ['quick', 'component'], files, reportDir });
}

/** `npm run check`, before every commit: the static checks, the quick tests and the component tests that a change affects. */
async function main(): Promise<number> {
  const results = [await runStatic(staticChecks), await withReportDir(runAffected)];
  printSummary(results);
  return results.every(({ failed }) => failed === 0) ? 0 : 1;
}

process.exitCode = await main();
