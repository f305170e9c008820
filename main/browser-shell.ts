import { join } from 'node:path';
import type { ApplicationOptions } from './application.ts';
import { composeApplication, FolderInUseError } from './compose.ts';
import { type LoopbackServer, startLoopbackServer } from './ipc/loopback/loopback-server.ts';
import { createFileSecretStore } from './platform/file-secret-store.ts';
import { createLineLog } from './platform/line-log.ts';
import { resourcePaths } from './platform/resource-paths.ts';
import { readShellSettings, type ShellSettings } from './platform/shell-settings.ts';
import { browserShellDataDir, downloadsDir, folderFacts } from './platform/user-folders.ts';

// The composition root of the browser shell: builds, wires and starts it, and stops in reverse
// order.

const log = createLineLog((line) => process.stderr.write(line));
/**
 * Runs as it is, or built as `out/main/browser-shell.js`, which starts in a quarter of the time.
 */
const isSource = import.meta.filename.endsWith('.ts');
const paths = resourcePaths(join(import.meta.dirname, isSource ? '..' : '../..'));

interface Folders {
  readonly userDataDir: string;
  readonly downloadsDir: string;
}

function chooseFolders(settings: ShellSettings): Folders {
  const facts = folderFacts();
  return {
    userDataDir: settings.userDataDir ?? browserShellDataDir(facts),
    downloadsDir: settings.downloadsDir ?? downloadsDir(facts),
  };
}

function applicationOptions(settings: ShellSettings, folders: Folders): ApplicationOptions {
  return {
    ...folders,
    defaultServerUrl: settings.defaultServerUrl,
    secrets: createFileSecretStore(folders.userDataDir),
    fileWorkerUrl: isSource ? new URL('./files/file-worker.ts', import.meta.url) : paths.fileWorkerUrl,
    migrationsDir: paths.migrationsDir,
    pollIntervalMs: settings.pollIntervalMs,
    revealInFileManager: () => undefined,
    log,
  };
}

function announce(server: LoopbackServer): void {
  process.stdout.write(`open ${server.issueLink()}\n`);
}

/** Enter in the terminal asks for a new link, because the printed one works once. */
function offerNewLinks(server: LoopbackServer): void {
  process.stdin.on('data', () => announce(server));
  process.stdin.on('error', () => undefined);
  process.stdin.unref?.();
}

async function run(): Promise<void> {
  const settings = readShellSettings(process.env);
  const application = await composeApplication(applicationOptions(settings, chooseFolders(settings)));
  await application.start();
  const { rendererDir, frameDir } = paths;
  const server = await startLoopbackServer({ application, rendererDir, frameDir, log, port: settings.port });
  endOnSignals([() => server.close(), () => application.stop()]);
  announce(server);
  offerNewLinks(server);
}

function endOnSignals(steps: readonly (() => Promise<void>)[]): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void steps
      .reduce((before, step) => before.then(step), Promise.resolve())
      .then(() => process.exit(0))
      .catch(fail);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

function fail(error: unknown): never {
  const text =
    error instanceof FolderInUseError
      ? error.message
      : `Gabinet has stopped because of an error: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

await run().catch(fail);
