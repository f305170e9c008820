import { homedir } from 'node:os';
import { join } from 'node:path';
import { stackOf } from '../node/log.ts';
import type { ApplicationOptions } from './application.ts';
import { composeApplication } from './compose.ts';
import { type ApplicationLog, openApplicationLog } from './diagnostics/application-log.ts';
import { handleUnexpectedErrors } from './diagnostics/unexpected-errors.ts';
import { readVersion, versionsOf } from './diagnostics/versions.ts';
import { createFolderQuestions } from './ipc/loopback/folder-questions.ts';
import { type LoopbackServer, startLoopbackServer } from './ipc/loopback/loopback-server.ts';
import { createFileSecretStore } from './platform/file-secret-store.ts';
import { resourcePaths } from './platform/resource-paths.ts';
import { readShellSettings, type ShellSettings } from './platform/shell-settings.ts';
import { namesToOpen, startFolder } from './platform/start-arguments.ts';
import { findEnvironmentProxies } from './platform/system-proxies.ts';
import { UserFolderError } from './platform/user-folder-error.ts';
import { browserShellDataDir, downloadsDir, folderFacts, logsDirBelow } from './platform/user-folders.ts';

// The composition root of the browser shell: builds, wires and starts it, and stops in reverse
// order.

/**
 * Runs as it is, or built as `out/main/browser-shell.js`, which starts in a quarter of the time.
 */
const isSource = import.meta.filename.endsWith('.ts');
const appDir = join(import.meta.dirname, isSource ? '..' : '../..');
const paths = resourcePaths(appDir);

/** Null: the settings are not read yet. */
let opened: ApplicationLog | null = null;

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

function openLog(folders: Folders): ApplicationLog {
  return openApplicationLog({
    folder: logsDirBelow(folders.userDataDir),
    home: homedir(),
    writeLine: (line) => process.stderr.write(line),
  });
}

type OwnOptions = Omit<ApplicationOptions, 'confirmFolder'>;

function applicationOptions(settings: ShellSettings, folders: Folders, { log, place }: ApplicationLog): OwnOptions {
  return {
    ...folders,
    defaultServerUrl: settings.defaultServerUrl,
    secrets: createFileSecretStore(folders.userDataDir),
    fileWorkerUrl: isSource ? new URL('./files/file-worker.ts', import.meta.url) : paths.fileWorkerUrl,
    migrationsDir: paths.migrationsDir,
    pollIntervalMs: settings.pollIntervalMs,
    version: readVersion(appDir),
    shell: 'browser',
    findProxies: findEnvironmentProxies(process.env),
    log,
    logPlace: place,
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

/** Files and links on the command line, after the program and its script. */
function namesGiven(): readonly string[] {
  return namesToOpen({ argv: process.argv, platform: process.platform, skipped: { first: 2, operands: 0 } });
}

async function run(): Promise<void> {
  const settings = readShellSettings(process.env);
  const folders = chooseFolders(settings);
  opened = openLog(folders);
  const { log } = opened;
  const folderQuestions = createFolderQuestions(log);
  const options = applicationOptions(settings, folders, opened);
  log.info('Gabinet starts', { ...versionsOf(options) });
  const application = await composeApplication({ ...options, confirmFolder: (path) => folderQuestions.ask(path) });
  const running = [() => application.stop()];
  const end = endOnce(() => running.toReversed());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
  handleUnexpectedErrors({ process, log, end: () => end(1) });
  void application.open({ names: namesGiven(), workingDirectory: startFolder() });
  await application.start();
  const { rendererDir, frameDir } = paths;
  const server = await startLoopbackServer({ application, rendererDir, frameDir, log, port: settings.port });
  running.push(
    () => server.close(),
    () => folderQuestions.close(),
  );
  announce(server);
  offerNewLinks(server);
}

/** Runs the steps one after the other, then ends the process. Only the first call does anything. */
function endOnce(steps: () => readonly (() => Promise<void>)[]): (code: number) => void {
  let isEnding = false;
  return (code) => {
    if (isEnding) return;
    isEnding = true;
    void steps()
      .reduce((before, step) => before.then(step), Promise.resolve())
      .then(() => process.exit(code))
      .catch(fail);
  };
}

function fail(error: unknown): never {
  if (error instanceof UserFolderError) process.stderr.write(`${error.message}\n`);
  else if (opened !== null) opened.log.error('Gabinet has stopped because of an error', { error: stackOf(error) });
  else process.stderr.write(`Gabinet has stopped because of an error: ${stackOf(error)}\n`);
  process.exit(1);
}

// A terminal that is gone must not end the application.
process.stderr.on('error', () => undefined);
await run().catch(fail);
