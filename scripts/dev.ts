import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../node/free-port.ts';
import { buildIfChanged } from './build-part.ts';
import { type DevPart, partsOf, watchedSources } from './dev-parts.ts';
import { DevProcess } from './dev-process.ts';
import { type DevScreen, startDevScreen } from './dev-screen.ts';
import { browserShellPlan, projectDir, serverPlan, stateDir, stateDirMode } from './start-plans.ts';

// `npm run dev`: the demo server, the browser shell and Vite's server for the screen. Reloads
// whatever changes.

const WANTED_SERVER_PORT = 4610;
const WANTED_SCREEN_PORT = 4620;
/**
 * How long to wait for further changes: editors write a file in several steps, and a checkout
 * changes many files.
 */
const QUIET_MS = 150;

type Reload = Readonly<Record<DevPart, () => Promise<void>>>;

function watchSources(reload: Reload): void {
  const changed = new Set<DevPart>();
  let timer: NodeJS.Timeout | undefined;
  const reloadChanged = () => {
    const parts = [...changed];
    changed.clear();
    console.log(`Changed: ${parts.join(', ')}`);
    for (const part of parts) reload[part]().catch((error: unknown) => console.error(String(error)));
  };
  const notice = (path: string) => {
    for (const part of partsOf(path)) changed.add(part);
    if (changed.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(reloadChanged, QUIET_MS);
  };
  for (const source of watchedSources) {
    const isFolder = source.endsWith('/');
    watch(join(projectDir, source), { recursive: isFolder }, (_event, name) =>
      notice(isFolder ? source + String(name).replaceAll('\\', '/') : source),
    );
  }
}

function startServer(port: number): DevProcess {
  return new DevProcess(serverPlan(port), (server) =>
    server.onLine(/listening on (http:\/\/\S+)/, (url) => console.log(`Avatar API: ${url}`)),
  );
}

function startShell(serverUrl: string, shellPort: number, screen: DevScreen): DevProcess {
  const plan = browserShellPlan(serverUrl, []);
  const environment = { ...plan.environment, GABINET_SHELL_PORT: String(shellPort) };
  return new DevProcess({ ...plan, environment }, (shell) =>
    shell.onLine(/^open (http:\/\/\S+)/, (link) => console.log(`Gabinet: ${screen.enter(link)}`)),
  );
}

function endOnSignals(end: () => Promise<void>): void {
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      void end().then(() => process.exit(0));
    });
  }
}

async function run(): Promise<void> {
  await mkdir(stateDir, { recursive: true, mode: stateDirMode });
  const [serverPort, screenPort, shellPort] = [
    await freePort(WANTED_SERVER_PORT),
    await freePort(WANTED_SCREEN_PORT),
    await freePort(WANTED_SCREEN_PORT + 1),
  ];
  const screen = await startDevScreen({ port: screenPort, shellPort, projectDir });
  const server = startServer(serverPort);
  const shell = startShell(`http://127.0.0.1:${serverPort}`, shellPort, screen);
  const buildPreview = async () => {
    const { wasBuilt } = await buildIfChanged('preview');
    if (wasBuilt) screen.reload();
  };
  endOnSignals(async () => {
    await screen.close();
    await shell.end();
    await server.end();
  });
  watchSources({ server: () => server.start(), shell: () => shell.start(), preview: buildPreview });
  await Promise.all([server.start(), shell.start(), buildPreview()]);
  console.log('The link works once. Enter prints a new one, Ctrl+C ends everything.');
  if (process.stdin.isTTY) process.stdin.on('data', () => shell.write('\n')).unref();
}

await run();
