import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, secondsSince } from './test-command.ts';
import { readVitestReport, type VitestReport } from './test-reports.ts';
import type { PhaseResult } from './test-summary.ts';

interface VitestRun {
  readonly projects: readonly string[];
  /** Runs only these files, or all files of the projects if there are none. */
  readonly files?: readonly string[];
  readonly reportDir: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function runVitest({ projects, files = [], reportDir, environment }: VitestRun): Promise<PhaseResult> {
  const startedAt = performance.now();
  const reportFile = join(reportDir, `vitest-${projects.join('-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const isGreen = await runCommand('vitest', ['run', ...chosen, ...reporters, ...files], environment);
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport;
  return { name: projects.join(', '), seconds: secondsSince(startedAt), ...readVitestReport(report, isGreen) };
}
