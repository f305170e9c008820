import { statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { basename } from 'node:path';
import process from 'node:process';
import type { Application } from '../../../main/application.ts';
import type { Log } from '../../../node/log.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { ClientCommand, ClientNews, ClientPlace } from './client-commands.ts';
import { NOT_OPEN, TOLD_EVENT } from './client-commands.ts';

// The application without a window, in a separate process, so that kill -9 is real.
enableCompileCache(process.env.FAULT_COMPILE_CACHE);
const { composeApplication } = await import('../../../main/compose.ts');
const { createFileSecretStore } = await import('../../../main/platform/file-secret-store.ts');

const INSPECT_WORKER_URL = new URL('../../../main/files/file-worker.ts', import.meta.url);
const MIGRATIONS_DIR = new URL('../../../main/db/migrations', import.meta.url).pathname;

let application: Application | null = null;

const tell = (news: ClientNews) => void process.send?.(news);
const logAt = (level: 'warn' | 'error') => (message: string, details?: object) =>
  tell({ kind: 'log', level, message, details });
const log: Log = { info: () => undefined, warn: logAt('warn'), error: logAt('error') };

async function open({ userDataDir, downloadsDir, serverUrl, pollIntervalMs }: ClientPlace): Promise<void> {
  const opened = await composeApplication({
    userDataDir,
    downloadsDir,
    defaultServerUrl: serverUrl,
    secrets: createFileSecretStore(userDataDir),
    fileWorkerUrl: INSPECT_WORKER_URL,
    migrationsDir: MIGRATIONS_DIR,
    pollIntervalMs,
    version: '0.0.0-test',
    shell: 'browser',
    logPlace: { path: null, systemCode: 'ENOENT' },
    revealInFileManager: () => undefined,
    log,
  });
  opened.onEvent((event, payload) => {
    if (event === TOLD_EVENT) tell({ kind: 'event', from: userDataDir, event, payload });
  });
  application = opened;
  await opened.start();
}

function running(): Application {
  if (application === null) throw new Error(NOT_OPEN);
  return application;
}

async function obey(command: ClientCommand): Promise<unknown> {
  switch (command.kind) {
    case 'open':
      return open(command.place);
    case 'close': {
      const closing = application;
      application = null;
      return closing?.stop();
    }
    case 'invoke':
      return running().invoke(command.channel, command.input);
    case 'stage': {
      const files = command.paths.map((path) => ({
        path,
        fileName: basename(path),
        sizeBytes: statSync(path).size,
        isTemporary: false,
      }));
      return running().stageFiles(command.projectUuid, files);
    }
    default:
      return assertNever(command);
  }
}

async function answer(command: ClientCommand): Promise<void> {
  try {
    process.send?.({ id: command.id, value: await obey(command) });
  } catch (error) {
    process.send?.({ id: command.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.on('message', (message) => {
  const command = message as ClientCommand;
  if (command.to === 'client') void answer(command);
});
process.channel?.ref();
process.send?.({ kind: 'ready' });
