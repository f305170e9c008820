import { join } from 'node:path';
import { startRunPostgres } from '../../scripts/test-postgres.ts';
import { withReportDir } from '../../scripts/test-run.ts';
import { UNDER_TEST_VARIABLE } from '../e2e/support/electron-under-test.ts';
import { chooseElectron } from './choose-electron.ts';
import { openDisplay } from './display.ts';
import { interruption, runInterruptibly } from './interruption.ts';
import { prepare } from './prepare.ts';
import { missingFor } from './requirements.ts';

// `npm run test:electron` runs the specs of test/e2e/electron in a real Electron; `-- --all` every
// spec of test/e2e, and other arguments go to Playwright, which then looks in all of them.
// `-- --screenshot FILE` and `-- --starts 50` do something else with it: see the README.

type Environment = Readonly<Record<string, string>>;

type Command = readonly [string, ...string[]];

/** What runs in place of the specs, by its option. */
const PROGRAMS = { '--screenshot': 'take-screenshot.ts', '--starts': 'measure-starts.ts' };

const given = process.argv.slice(2);

async function main(): Promise<boolean> {
  const interrupted = interruption();
  const chosen = await chooseElectron();
  if (typeof chosen === 'string') return refuse([chosen]);
  const missing = missingFor(chosen);
  if (missing.length > 0) return refuse(missing);
  console.log(`Electron ${chosen.version}${chosen.isOld ? ', for which the application is adapted' : ''}`);
  const underTest = await prepare(chosen);
  const display = await openDisplay();
  try {
    return await withPostgres((postgres) => {
      const [command, ...args] = programCommand() ?? specsCommand();
      const environment = { ...display.environment, ...postgres, [UNDER_TEST_VARIABLE]: JSON.stringify(underTest) };
      return runInterruptibly(interrupted, { command, args, environment });
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

function programCommand(): Command | null {
  const program = Object.entries(PROGRAMS).find(([option]) => given.includes(option))?.[1];
  return program === undefined ? null : [process.execPath, join(import.meta.dirname, program), ...given];
}

/** One worker: windows of one display take the focus from each other. */
function specsCommand(): Command {
  const others = given.filter((argument) => argument !== '--all');
  const specs = given.length === 0 ? ['test/e2e/electron'] : [];
  return ['playwright', 'test', '--project=electron', '--workers=1', ...specs, ...others];
}

process.exitCode = (await main()) ? 0 : 1;
