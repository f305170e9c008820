import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GabinetApplication } from '../e2e/support/application.ts';
import { DemoServer } from '../e2e/support/demo-server.ts';
import { expect } from '../e2e/support/fixtures.ts';
import { interruption, unlessInterrupted } from './interruption.ts';

// Run by run.ts: starts and closes the application many times, each time on a new computer, and
// reports how long it takes until somebody can sign in. Put the machine under load beside it.

/** Somebody would have started it again by then. */
const MOST_MS = 15_000;
/** A start that hangs is measured, too. */
const GIVEN_UP_MS = 60_000;

/** Longest wait for what a page shows, in milliseconds: its process may hang. */
const CONTENT_MS = 5000;

const { values } = parseArgs({ options: { starts: { type: 'string', default: '50' } } });
const count = Number(values.starts);

interface Start {
  readonly readyMs: number;
  readonly closedMs: number;
}

async function measureStart(serverUrl: string): Promise<Start> {
  const startedAt = performance.now();
  const application = await GabinetApplication.open({ shell: 'electron', browser: null, serverUrl });
  try {
    const form = application.page.getByRole('form', { name: 'Sign in' });
    await unlessInterrupted(interrupted, () => expect(form).toBeVisible({ timeout: GIVEN_UP_MS }));
    const readyAt = performance.now();
    await application.close();
    return { readyMs: readyAt - startedAt, closedMs: performance.now() - readyAt };
  } catch (error) {
    console.error(await describeHang(application));
    throw error;
  } finally {
    await application.dispose();
  }
}

/** The page as it is, and what the application has logged, which goes with its folder. */
async function describeHang(application: GabinetApplication): Promise<string> {
  const folder = join(application.userDataDir, 'logs');
  const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const { page } = application;
  const content = await Promise.race([page.content(), sleep(CONTENT_MS, 'no answer')]);
  return [`page: ${page.url()}`, content, ...logs].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function slowest(times: readonly number[]): string {
  return seconds(Math.max(...times));
}

const interrupted = interruption();
const server = await DemoServer.start();
const starts: Start[] = [];
try {
  while (starts.length < count) {
    const start = await measureStart(server.url);
    starts.push(start);
    console.log(`start ${starts.length}: ${seconds(start.readyMs)}, end ${seconds(start.closedMs)}`);
  }
} finally {
  await server.dispose();
  const ready = starts.map(({ readyMs }) => readyMs).toSorted((one, other) => one - other);
  const median = seconds(ready[Math.floor(ready.length / 2)] ?? 0);
  console.log(`${starts.length} of ${count} starts: median ${median}, slowest ${slowest(ready)}`);
  console.log(`slowest end: ${slowest(starts.map(({ closedMs }) => closedMs))}`);
  const late = ready.filter((ms) => ms > MOST_MS).length;
  if (late > 0 || starts.length < count) {
    console.error(`${late} took longer than ${seconds(MOST_MS)}`);
    process.exitCode = 1;
  }
}
