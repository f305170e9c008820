import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLockFile } from '../node/lock-file.ts';
import type { ApplicationOptions } from './application.ts';
import { composeApplication } from './compose.ts';
import { type LoopbackServer, startLoopbackServer } from './ipc/loopback/loopback-server.ts';
import { createFileSecretStore } from './platform/file-secret-store.ts';
import { createLineLog } from './platform/line-log.ts';
import { readShellSettings, type ShellSettings } from './platform/shell-settings.ts';
import { browserShellDataDir, downloadsDir, folderFacts } from './platform/user-folders.ts';

// The composition root of the browser shell: builds, wires and starts it, and stops in reverse
// order.

const log = createLineLog((line) => process.stderr.write(line));
const rendererDir = fileURLToPath(new URL('../out/renderer/', import.meta.url));
/** In the user data folder, which only one running application may use at a time. */
const LOCK_NAME = 'in-use-by';
const frameDir = fileURLToPath(new URL('../out/preview/', import.meta.url));

interface Folders {
  readonly userDataDir: string;
  readonly downloadsDir: string;
}

async function prepareFolders(settings: ShellSettings): Promise<Folders> {
  const facts = folderFacts();
  const userDataDir = settings.userDataDir ?? browserShellDataDir(facts);
  await mkdir(userDataDir, { recursive: true, mode: 0o700 });
  return { userDataDir, downloadsDir: settings.downloadsDir ?? downloadsDir(facts) };
}

function applicationOptions(settings: ShellSettings, folders: Folders): ApplicationOptions {
  return {
    ...folders,
    defaultServerUrl: settings.defaultServerUrl,
    secrets: createFileSecretStore(folders.userDataDir),
    fileWorkerUrl: new URL('./files/file-worker.ts', import.meta.url),
    migrationsDir: fileURLToPath(new URL('./db/migrations/', import.meta.url)),
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
  const folders = await prepareFolders(settings);
  const lock = await takeLockFile(join(folders.userDataDir, LOCK_NAME));
  if (!lock.ok) throw new Error(`${folders.userDataDir} is in use by process ${lock.ownerProcessId}`);
  const application = await composeApplication(applicationOptions(settings, folders));
  await application.start();
  const server = await startLoopbackServer({ application, rendererDir, frameDir, log, port: settings.port });
  endOnSignals([() => server.close(), () => application.stop(), () => lock.release()]);
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
  process.stderr.write(
    `Gabinet has stopped because of an error: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}

await run().catch(fail);
