import { mkdir, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createNetwork } from '../node/api-client/network/network.ts';
import { type FolderLock, takeFolder } from '../node/folder-lock.ts';
import { makePrivateFolder } from '../node/private-folder.ts';
import { removeFolder } from '../node/remove.ts';
import { channels, type EventName, type EventPayload, type Unsubscribe } from '../shared/contract/bridge.ts';
import { fail, ok } from '../shared/lib/result.ts';
import { Account } from './account/account.ts';
import type { Application, ApplicationOptions, DraggedFile } from './application.ts';
import { createDiagnostics } from './diagnostics/diagnostics.ts';
import { createPageErrors } from './diagnostics/page-errors.ts';
import { createFileWorkers } from './files/file-workers.ts';
import { allHandlers } from './ipc/all-handlers.ts';
import { buildInvoke } from './ipc/handlers.ts';
import { Inbox } from './opening/inbox.ts';
import { aboutUserFolder, UserFolderError } from './platform/user-folder-error.ts';
import { createMachineSettings } from './session/machine-settings.ts';
import { createProviderSignIn } from './session/provider-sign-in.ts';
import { createSessionService } from './session/session.ts';
import { openSettings, shareableSettings } from './session/settings.ts';
import { createBandwidth } from './timing/bandwidth.ts';

type Listener = <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void;

/**
 * Builds the whole application without a window. Nothing runs and nothing is sent before `start()`.
 * The user data folder belongs to this application until it has stopped; rejects if another one has
 * it, or if it cannot be written: with a `UserFolderError`.
 */
export async function composeApplication(options: ApplicationOptions): Promise<Application> {
  const { userDataDir } = options;
  const lock = await onFolder(userDataDir, async () => {
    await makePrivateFolder(userDataDir);
    return ownFolder(userDataDir);
  });
  try {
    const application = await onFolder(userDataDir, () => composeParts(options));
    return {
      ...application,
      ...stopAfterStart({
        start: () => onFolder(userDataDir, () => application.start()),
        stop: () => stopAndRelease(application, lock),
      }),
    };
  } catch (error) {
    // On a failing disk, the note of the lock may stay; nothing depends on it.
    await lock.release().catch(() => undefined);
    throw error;
  }
}

/**
 * People may quit while the application starts. The stop then waits for the start, which opens what
 * the stop closes; a start after it does nothing.
 */
function stopAfterStart({ start, stop }: Pick<Application, 'start' | 'stop'>): Pick<Application, 'start' | 'stop'> {
  let starting: Promise<void> = Promise.resolve();
  let isStopping = false;
  return {
    start: () => {
      if (!isStopping) starting = start();
      return starting;
    },
    stop: async () => {
      isStopping = true;
      // The caller of `start` gets its error.
      await starting.catch(() => undefined);
      await stop();
    },
  };
}

/** Rejects with a `UserFolderError` if the folder prevents the work. */
async function onFolder<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw aboutUserFolder(folder, error);
  }
}

/** Another running application has the user data folder. */
export class FolderInUseError extends UserFolderError {
  override readonly name = 'FolderInUseError';

  constructor(folder: string, ownerProcessId: number | null) {
    super(`${folder} is in use by ${ownerProcessId ? `process ${ownerProcessId}` : 'another process'}. End it first.`);
  }
}

type OwnedFolder = FolderLock & { readonly ok: true };

async function ownFolder(folder: string): Promise<OwnedFolder> {
  const lock = await takeFolder(folder);
  if (!lock.ok) throw new FolderInUseError(folder, lock.ownerProcessId);
  return lock;
}

async function stopAndRelease(application: Application, lock: OwnedFolder): Promise<void> {
  try {
    await application.stop();
  } finally {
    await lock.release();
  }
}

async function composeParts(options: ApplicationOptions): Promise<Application> {
  const receivedFilesDir = join(options.userDataDir, 'received');
  await mkdir(receivedFilesDir, { recursive: true });
  const settings = await openSettings(join(options.userDataDir, 'settings.json'));
  const fileWorkers = createFileWorkers(options.fileWorkerUrl, (error) => {
    options.log.warn('A file worker failed outside any task', { error: String(error) });
  });
  const bandwidth = createBandwidth(settings.current.uploadLimitBytesPerSecond);
  const { emit, onEvent } = createEvents(options);
  const network = createNetwork(options);
  const session = createSessionService<Account>({
    settings,
    secrets: options.secrets,
    defaultServerUrl: options.defaultServerUrl,
    log: options.log,
    network,
    onChange: (state) => emit('session.changed', state),
    openAccount: (opening) => new Account({ ...options, ...opening, fileWorkers, pace: bandwidth, emit }),
  });
  const { secrets, log, openInBrowser } = options;
  const inbox = new Inbox(log, (opened) => emit('opening.changed', opened));
  const providerSignIn = createProviderSignIn({ settings, session, secrets, log, network, openInBrowser });
  const context = {
    session,
    providerSignIn,
    inbox,
    machine: createMachineSettings(settings, (changed) => {
      bandwidth.setLimit(changed.uploadLimitBytesPerSecond);
      emit('settings.changed', changed);
    }),
    diagnostics: createDiagnostics({
      ...options,
      home: homedir(),
      settings: () => shareableSettings(settings.current),
      health: async () => (await session.account()?.health()) ?? null,
      onCopied: (copied) => emit('diagnostics.copied', copied),
    }),
    pageErrors: createPageErrors(log),
    revealInFileManager: (path: string) => options.revealInFileManager?.(path),
    dragFile: async (file: DraggedFile) => options.dragFile?.(file),
    chooseFolder: async () => (await options.chooseFolder?.()) ?? null,
    confirmFolder: async (path: string) => (await options.confirmFolder?.(path)) ?? null,
  };
  return {
    receivedFilesDir,
    onEvent,
    open: (request) => inbox.open(request),
    invoke: buildInvoke(channels, allHandlers(context)),
    showTarget: (target) => emit('notifications.clicked', target),
    media: async (path) => (await session.account()?.media(path)) ?? null,
    stageFiles: async (projectUuid, files) => {
      const account = session.account();
      if (account === null) return fail({ code: 'signed_out' });
      const { staging, dragCopies } = account.services;
      // Somebody dragged an avatar out and dropped it on its own window.
      const foreign = files.filter(({ path }) => path === null || !dragCopies.owns(path));
      if (foreign.length > 0) await staging.stage(projectUuid, foreign);
      return ok(null);
    },
    reconnect: () => void session.account()?.services.sync.reconnect(),
    start: async () => {
      await emptyFolder(receivedFilesDir);
      await session.start();
    },
    stop: async () => {
      providerSignIn.cancel();
      await session.stop();
      network.close();
      await fileWorkers.close();
    },
  };
}

/** A listener that throws must not prevent the others from being notified. */
function createEvents({ log }: ApplicationOptions): {
  readonly emit: Listener;
  readonly onEvent: (listener: Listener) => Unsubscribe;
} {
  const listeners = new Set<Listener>();
  const emit: Listener = (event, payload) => {
    for (const listener of listeners) {
      try {
        listener(event, payload);
      } catch (error) {
        log.error('An event listener failed', { event, error: String(error) });
      }
    }
  };
  const onEvent = (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { emit, onEvent };
}

/** Files that an earlier run received but did not stage. */
async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await removeFolder(join(folder, name));
}
