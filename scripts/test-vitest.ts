import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, secondsSince } from './test-command.ts';
import { readVitestReport, type VitestReport } from './test-reports.ts';
import type { PhaseResult } from './test-summary.ts';

const HOOK_ERRORS_REPORTER = join(import.meta.dirname, 'hook-errors-reporter.ts');

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
  const errorsFile = join(reportDir, `errors-${projects.join('-')}.json`);
  const reporters = ['default', 'json', HOOK_ERRORS_REPORTER].map((name) => `--reporter=${name}`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const isGreen = await runCommand(
    'vitest',
    ['run', ...chosen, ...reporters, `--outputFile.json=${reportFile}`, ...files],
    {
      ...environment,
      HOOK_ERRORS_FILE: errorsFile,
    },
  );
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport;
  const errors = JSON.parse(readFileSync(errorsFile, 'utf8')) as readonly string[];
  return { name: projects.join(', '), seconds: secondsSince(startedAt), ...readVitestReport(report, errors, isGreen) };
}
