import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, runSideBySide, secondsSince } from './test-command.ts';
import { runEndToEnd } from './test-e2e.ts';
import { needsPostgres, type TestPlan } from './test-plan.ts';
import { startRunPostgres } from './test-postgres.ts';
import type { PhaseResult } from './test-summary.ts';
import { runVitest } from './test-vitest.ts';

type Environment = Readonly<Record<string, string>>;

/** Dozens of tests start our programs, which should not be compiled each time. */
const COMPILED: Environment = { NODE_COMPILE_CACHE: join(import.meta.dirname, '..', 'out', 'compile-cache') };

export async function runStatic(commands: readonly Command[]): Promise<PhaseResult> {
  console.log('\n== static checks');
  const startedAt = performance.now();
  const results = await runSideBySide(commands);
  const red = results.filter(({ isGreen }) => !isGreen);
  return {
    name: 'static checks',
    seconds: secondsSince(startedAt),
    passed: results.length - red.length,
    failed: red.length,
    failures: red.map(({ name }) => name),
    notRun: results.flatMap(({ notRun }) => notRun),
    tests: [],
  };
}

export async function withReportDir<Result>(work: (reportDir: string) => Promise<Result>): Promise<Result> {
  const reportDir = mkdtempSync(join(tmpdir(), 'gabinet-test-'));
  try {
    return await work(reportDir);
  } finally {
    rmSync(reportDir, { recursive: true, force: true });
  }
}

async function runTests(plan: TestPlan, reportDir: string, environment: Environment): Promise<readonly PhaseResult[]> {
  const results: PhaseResult[] = [];
  if (plan.projects.length > 0) {
    console.log(`\n== ${plan.projects.join(', ')}`);
    results.push(await runVitest({ projects: plan.projects, reportDir, environment }));
  }
  if (plan.endToEnd) {
    console.log('\n== e2e');
    results.push(await runEndToEnd(reportDir, environment));
  }
  return results;
}

/** Runs the whole plan, even if an earlier phase failed. */
export async function runPlan(plan: TestPlan, environment: Environment = {}): Promise<readonly PhaseResult[]> {
  const before = plan.static.length > 0 ? [await runStatic(plan.static)] : [];
  return withReportDir(async (reportDir) => {
    const postgres = needsPostgres(plan) ? await startRunPostgres(reportDir) : null;
    try {
      const tests = await runTests(plan, reportDir, { ...COMPILED, ...environment, ...postgres?.environment });
      return [...before, ...tests];
    } finally {
      await postgres?.stop();
    }
  });
}
