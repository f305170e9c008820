import { join } from 'node:path';
import { runCommand } from '../../scripts/test-command.ts';
import { startRunPostgres } from '../../scripts/test-postgres.ts';
import { withReportDir } from '../../scripts/test-run.ts';
import { UNDER_TEST_VARIABLE } from '../e2e/support/electron-under-test.ts';
import { chooseElectron } from './choose-electron.ts';
import { openDisplay } from './display.ts';
import { prepare } from './prepare.ts';
import { missingFor } from './requirements.ts';

// `npm run test:electron` runs the specs of test/e2e/electron in a real Electron; `-- --all` every
// spec of test/e2e, and other arguments go to Playwright, which then looks in all of them.
// `-- --screenshot FILE` only starts the application and takes a picture: see the README.

type Environment = Readonly<Record<string, string>>;

const given = process.argv.slice(2);

async function main(): Promise<boolean> {
  const chosen = await chooseElectron();
  if (typeof chosen === 'string') return refuse([chosen]);
  const missing = missingFor(chosen);
  if (missing.length > 0) return refuse(missing);
  console.log(`Electron ${chosen.version}${chosen.isOld ? ', for which the application is adapted' : ''}`);
  const underTest = await prepare(chosen);
  const display = await openDisplay();
  try {
    return await withPostgres((postgres) => {
      const [command, ...args] = given.includes('--screenshot') ? screenshotCommand() : specsCommand();
      const environment = { ...display.environment, ...postgres, [UNDER_TEST_VARIABLE]: JSON.stringify(underTest) };
      return runCommand(command, args, environment);
    });
  } finally {
    await display.close();
  }
}

async function withPostgres(work: (environment: Environment) => Promise<boolean>): Promise<boolean> {
  return withReportDir(async (reportDir) => {
    const postgres = await startRunPostgres(reportDir);
    try {
      return await work(postgres.environment);
    } finally {
      await postgres.stop();
    }
  });
}

function refuse(sentences: readonly string[]): boolean {
  for (const sentence of sentences) console.error(sentence);
  console.error('not run: the end-to-end specs in Electron');
  return false;
}

function screenshotCommand(): readonly [string, ...string[]] {
  return [process.execPath, join(import.meta.dirname, 'take-screenshot.ts'), ...given];
}

/** One worker: windows of one display take the focus from each other. */
function specsCommand(): readonly [string, ...string[]] {
  const others = given.filter((argument) => argument !== '--all');
  const specs = given.length === 0 ? ['test/e2e/electron'] : [];
  return ['playwright', 'test', '--project=electron', '--workers=1', ...specs, ...others];
}

process.exitCode = (await main()) ? 0 : 1;
