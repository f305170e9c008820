import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/find-chromium.ts';
import { ACCOUNTS, ApiUser } from '../e2e/support/api.ts';
import { GabinetApplication } from '../e2e/support/application.ts';
import { DemoServer } from '../e2e/support/demo-server.ts';
import { dropPaths } from '../e2e/support/drop.ts';
import { sheetOf } from '../e2e/support/screen.ts';
import { type Figure, note } from './figures.ts';
import type { BenchFiles } from './measure-speed.ts';

const BUNDLES = 5;
/** Half a frame at 60 frames per second, which is not noticeable. */
const GOAL_MS = 8;
const CHECKED_TIMEOUT_MS = 120_000;
const MICROSECONDS_PER_MS = 1000;
/** One turn of a thread's loop, as Chromium's trace names it. */
const TURN = /RunTask$/;
const CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of wall-clock time and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest turn of the window's own thread in a real Chromium, from dropping five bundles until
 * all are checked. Measured in processor time, which is the work done by the page itself. Needs the
 * built screen (`npm run build`).
 */
export async function measureWindow(files: BenchFiles): Promise<Figure[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    note(`not measured: the window's thread, because there is no Chromium (${HOW_TO_GET_CHROMIUM})`);
    return [];
  }
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  const server = await DemoServer.start();
  try {
    const turnsMs = await turnsOfDrop(browser, server, files);
    note(`window: ${turnsMs.length} turns of its thread, the longest ${turnsMs.slice(0, 5).map(round).join(' ')} ms`);
    return [{ name: 'window-longest-own-work-ms', value: turnsMs[0] ?? Number.NaN, goal: GOAL_MS }];
  } finally {
    await server.dispose();
    await browser.close();
  }
}

const round = (value: number): string => value.toFixed(1);

async function turnsOfDrop(browser: Browser, server: DemoServer, { path, folder }: BenchFiles): Promise<number[]> {
  const names = Array.from({ length: BUNDLES }, (_, index) => `window-${index}.gab`);
  for (const name of names) await copyFile(path, join(folder, name));
  const project = await (await ApiUser.signIn(server.url, ACCOUNTS.admin)).createProject('aurora');
  const application = await GabinetApplication.open({ shell: 'browser', browser, serverUrl: server.url });
  try {
    await application.signIn(ACCOUNTS.designer);
    await application.openProject(project.name);
    const { page } = application;
    // Playwright injects its scripts before the trace begins, so that they are not measured.
    const allChecked = sheetOf(page).getByText(`${BUNDLES} files checked`);
    await allChecked.waitFor({ state: 'detached' });
    await page.getByRole('main').boundingBox();
    await browser.startTracing(page, { categories: CATEGORIES });
    await dropPaths(
      page,
      page.getByRole('main'),
      names.map((name) => join(folder, name)),
    );
    await allChecked.waitFor({ timeout: CHECKED_TIMEOUT_MS });
    return turnsOf(await browser.stopTracing());
  } finally {
    await application.dispose();
  }
}

/** Longest first, in milliseconds of processor time. */
function turnsOf(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const windows = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid, tdur }) => tdur !== undefined && TURN.test(name) && windows.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / MICROSECONDS_PER_MS)
    .toSorted((one, other) => other - one);
}
