import { mkdir } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { freePort } from '../node/free-port.ts';
import { buildIfChanged } from './build-part.ts';
import { type ChosenShell, chooseShell } from './choose-shell.ts';
import { ManagedProcess } from './managed-process.ts';
import { openInBrowser } from './open-in-browser.ts';
import { readStartOptions, type StartOptions } from './start-options.ts';
import { browserShellPlan, electronPlan, projectDir, serverPlan, stateDir, stateDirMode } from './start-plans.ts';

// `npm start` prepares the demo server (unless it is given another one), the screen and the shell in parallel.

const WANTED_SERVER_PORT = 4610;
const startedAtMs = performance.now();
const running: ManagedProcess[] = [];
let ending: Promise<never> | null = null;

function begin(...plan: ConstructorParameters<typeof ManagedProcess>): ManagedProcess {
  const child = new ManagedProcess(...plan);
  running.unshift(child);
  void endWith(child);
  return child;
}

/** When one process ends, all end, because neither half is useful alone. */
async function endWith(child: ManagedProcess): Promise<void> {
  const { how, isClean } = await child.ended;
  if (ending !== null) return;
  if (!isClean) explainEnd(child, how);
  endAll(isClean ? 0 : 1);
}

function explainEnd(child: ManagedProcess, how: string): void {
  console.error(
    `The ${child.name} ended unexpectedly (${how}). Its last lines, of ${relative(projectDir, child.logPath)}:`,
  );
  for (const line of child.lastLines) console.error(`  ${line}`);
}

/** The shell first, while it can still reach the server; then the server, which stops its PostgreSQL. */
function endAll(exitCode: number): void {
  ending ??= (async () => {
    for (const child of running) await child.end();
    process.exit(exitCode);
  })();
}

function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending === null) console.log('\nEnding Gabinet ...');
      endAll(0);
    });
  }
}

function secondsSinceStart(): string {
  return ((performance.now() - startedAtMs) / 1000).toFixed(1);
}

async function startServer(port: number): Promise<void> {
  const server = begin(serverPlan(port));
  const url = await server.nextLine(/listening on (http:\/\/\S+)/);
  console.log(`Avatar API with its demo workspace: ${url} (after ${secondsSinceStart()} s)`);
}

async function buildScreen(): Promise<void> {
  const { wasBuilt, tookMs } = await buildIfChanged('renderer');
  if (wasBuilt) console.log(`The screen was built in ${(tookMs / 1000).toFixed(1)} s.`);
}

/** The window does not wait for it, because nobody opens a preview in the first seconds. */
async function buildPreview(screen: Promise<void>): Promise<void> {
  await screen;
  await buildIfChanged('preview');
}

async function openBrowserShell(ready: Ready, options: StartOptions): Promise<void> {
  const shell = begin(browserShellPlan(ready.serverUrl, absolute(options.names)));
  const firstLink = shell.nextLine(/^open (http:\/\/\S+)/);
  // The window waits for the server on its own.
  await ready.screen;
  showLink(await firstLink, options);
  console.log('The link works once. Enter prints a new one, Ctrl+C ends everything.');
  shell.onLine(/^open (http:\/\/\S+)/, (link) => console.log(link));
  if (process.stdin.isTTY) process.stdin.on('data', () => shell.write('\n')).unref();
}

function showLink(link: string, options: StartOptions): void {
  console.log(`Gabinet is open after ${secondsSinceStart()} s: ${link}`);
  if (options.open) void openLink(link);
}

/** Not awaited, because on some systems the command runs until the browser is closed. */
async function openLink(link: string): Promise<void> {
  const problem = await openInBrowser(link);
  if (problem !== null) console.log(`No browser could be opened (${problem}); follow the link above.`);
}

async function openElectron(program: string, ready: Ready, { names }: StartOptions): Promise<void> {
  await Promise.all([ready.screen, ...(['main', 'workers', 'preload'] as const).map(buildIfChanged)]);
  begin(electronPlan(program, ready.serverUrl, absolute(names)));
  console.log(`Gabinet opens after ${secondsSinceStart()} s. Closing its window ends everything.`);
}

/** npm runs this in the project's folder, wherever it was started. Links and addresses stay. */
function absolute(names: readonly string[]): readonly string[] {
  const folder = process.env.INIT_CWD ?? process.cwd();
  return names.map((name) => (/^(gabinet|file):/i.test(name) ? name : resolve(folder, name)));
}

interface Ready {
  /** Known before the server listens there. */
  readonly serverUrl: string;
  readonly screen: Promise<void>;
}

async function openShell(shell: ChosenShell, ready: Ready, options: StartOptions): Promise<void> {
  if (shell.kind === 'none') throw new Error(`The Electron shell cannot be opened: ${shell.why}.`);
  if (shell.kind === 'electron') return openElectron(shell.program, ready, options);
  if (shell.note !== null) console.log(shell.note);
  return openBrowserShell(ready, options);
}

async function run(options: StartOptions): Promise<void> {
  endOnSignals();
  await mkdir(stateDir, { recursive: true, mode: stateDirMode });
  const port = options.server === null ? await freePort(WANTED_SERVER_PORT) : null;
  const demo = port === null ? null : startServer(port);
  const ready = { serverUrl: options.server ?? `http://127.0.0.1:${port}`, screen: buildScreen() };
  const chosen = chooseShell(options, stateDir);
  await Promise.all([
    demo,
    ready.screen,
    buildPreview(ready.screen),
    chosen.then((shell) => openShell(shell, ready, options)),
  ]);
}

const options = readStartOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(options);
  process.exit(2);
}
await run(options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  endAll(1);
});
