import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckName, checks } from './test-checks.ts';
import { type CheckResult, printSummary } from './test-summary.ts';

/** `npm test` runs every check; `node scripts/test.ts lint types` only those named. One failure fails the run, none is skipped. */
function main(): void {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    console.error(`Unknown check ${unknown.join(', ')}; there are: ${Object.keys(checks).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const names = (wanted.length > 0 ? wanted : Object.keys(checks)) as CheckName[];
  const reportDir = mkdtempSync(join(tmpdir(), 'gabinet-test-'));
  const results: CheckResult[] = [];
  try {
    for (const name of names) {
      console.log(`\n== ${name}`);
      const startedAt = performance.now();
      const outcome = checks[name](reportDir);
      results.push({ name, seconds: (performance.now() - startedAt) / 1000, ...outcome });
    }
  } finally {
    rmSync(reportDir, { recursive: true, force: true });
  }
  printSummary(results);
  process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;
}

main();
