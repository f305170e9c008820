import { statSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Application, ApplicationOptions, DraggedFile } from '../../main/application.ts';
import { composeApplication } from '../../main/compose.ts';
import type { ApplicationLog } from '../../main/diagnostics/application-log.ts';
import type { SecretStore } from '../../main/platform/secret-store.ts';
import type { ReceivedFile } from '../../main/staging/received-file.ts';
import { buildCapabilities, type EventName, type EventPayload } from '../../shared/contract/bridge.ts';
import type { StagedFile, TransferView, UploadTarget } from '../../shared/contract/transfers.ts';
import { migrationsDir } from './local-database.ts';
import { memorySecrets } from './memory-secrets.ts';
import { tempFolder } from './temp-folder.ts';
import { until } from './until.ts';
import type { TestPerson } from './world.ts';

export { until };

/** One computer with the application on it: what is on its disk survives a restart. */
export interface Machine {
  readonly userDataDir: string;
  readonly downloadsDir: string;
  readonly secrets: SecretStore;
}

export async function newMachine(): Promise<Machine> {
  const folder = await tempFolder();
  return { userDataDir: join(folder, 'data'), downloadsDir: join(folder, 'downloads'), secrets: memorySecrets() };
}

export interface RunningApplication extends ReturnType<typeof buildCapabilities> {
  readonly application: Application;
  readonly logged: string[];
  readonly revealed: string[];
  readonly dragged: DraggedFile[];
  /** Chooses a folder as the user does in the system's dialog; returns its handle. */
  chooseFolder(path: string): Promise<string>;
  readonly events: { readonly event: EventName; readonly payload: unknown }[];
  payloads<Name extends EventName>(event: Name): EventPayload<Name>[];
  stop(): Promise<void>;
}

/** Longer than any test waits: polling only happens when a test asks for it. */
const NEVER_MS = 3_600_000;

/** The real application without a window, started on a machine of the test. Stopped with the test at the latest. */
export async function startApplication(
  machine: Machine,
  serverUrl: string,
  pollIntervalMs = NEVER_MS,
  more: Pick<ApplicationOptions, 'openInBrowser' | 'copyText'> & { readonly opened?: ApplicationLog } = {},
): Promise<RunningApplication> {
  const { opened, ...options } = more;
  const logged: string[] = [];
  const revealed: string[] = [];
  const dragged: DraggedFile[] = [];
  const log = (message: string, details?: object) => logged.push(`${message} ${JSON.stringify(details ?? {})}`);
  let inDialog: string | null = null;
  const application = await composeApplication({
    ...machine,
    ...options,
    defaultServerUrl: serverUrl,
    fileWorkerUrl: new URL('../../main/files/file-worker.ts', import.meta.url),
    migrationsDir,
    pollIntervalMs,
    version: '0.0.0-test',
    shell: 'browser',
    logPlace: opened?.place ?? { path: null, systemCode: 'ENOENT' },
    revealInFileManager: (path) => revealed.push(path),
    dragFile: async (file) => void dragged.push(file),
    chooseFolder: async () => inDialog,
    log: opened?.log ?? { info: log, warn: log, error: log },
  });
  const events: { event: EventName; payload: unknown }[] = [];
  application.onEvent((event, payload) => events.push({ event, payload }));
  await application.start();
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= application.stop();
    return stopping;
  };
  onTestFinished(stop);
  const capabilities = buildCapabilities((channel, input) => application.invoke(channel, input));
  return {
    ...capabilities,
    chooseFolder: async (path) => {
      inDialog = path;
      return (await capabilities.watchFolders.choose()).folder?.handle ?? '';
    },
    application,
    logged,
    revealed,
    dragged,
    events,
    payloads: (name) => events.filter(({ event }) => event === name).map(({ payload }) => payload as never),
    stop,
  };
}

/** Signs in and waits until the library has everything from the server. */
export async function signIn(app: RunningApplication, serverUrl: string, person: TestPerson): Promise<void> {
  const { email, password } = person;
  mustBe(await app.session.signIn({ serverUrl, email, password }));
  mustBe(await app.library.refresh());
}

/** Returns the value of an outcome that the test expects to succeed. */
export function mustBe<Value>(
  outcome: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: object },
): Value {
  if (!outcome.ok) throw new Error(`Failed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

export function chosenFile(path: string, fileName = path.split('/').at(-1) ?? ''): ReceivedFile {
  return { path, fileName, sizeBytes: statSync(path).size, isTemporary: false };
}

/** Drops files on a project and waits until all are inspected. */
export async function drop(
  app: RunningApplication,
  projectUuid: string,
  files: readonly ReceivedFile[],
): Promise<readonly StagedFile[]> {
  await app.application.stageFiles(projectUuid, files);
  return until(async () => {
    const staged = mustBe(await app.uploads.staged({ projectUuid }));
    return staged.every((file) => file.state !== 'inspecting') && staged;
  });
}

/** What the upload sheet sends if the user changes nothing. */
export function offeredTarget(file: StagedFile): UploadTarget {
  return file.suggestion?.kind === 'version'
    ? { kind: 'version', avatarUuid: file.suggestion.avatarUuid }
    : {
        kind: 'new',
        name: file.manifest?.name ?? file.fileName.replace(/\.gab$/, ''),
        tags: file.manifest?.tags ?? [],
      };
}

/** Confirms everything in the upload sheet unchanged; `activate`: the last one that can be active. */
export async function confirmAll(app: RunningApplication, projectUuid: string, activate = true): Promise<number> {
  const staged = mustBe(await app.uploads.staged({ projectUuid }));
  const ready = staged.filter((file) => file.state === 'ready' && file.suggestion?.kind !== 'duplicate');
  const project = mustBe(await app.library.projects()).find(({ uuid }) => uuid === projectUuid);
  const activated = activate ? (ready.findLast((file) => file.activatable) ?? ready.at(-1)) : undefined;
  const items = ready.map((file) => ({
    stageId: file.stageId,
    target: offeredTarget(file),
    ...(file === activated && { activate, activateOver: project?.active?.versionUuid }),
  }));
  return mustBe(await app.uploads.confirm({ projectUuid, items })).queued;
}

/** Resolves with all transfers once each is in one of these states. */
export function transfersIn(
  app: RunningApplication,
  ...states: readonly TransferView['state'][]
): Promise<readonly TransferView[]> {
  return until(async () => {
    const transfers = mustBe(await app.transfers.list());
    return transfers.length > 0 && transfers.every((transfer) => states.includes(transfer.state)) && transfers;
  });
}

/** Drops, confirms, and waits for the server. */
export async function upload(
  app: RunningApplication,
  projectUuid: string,
  files: readonly ReceivedFile[],
): Promise<readonly TransferView[]> {
  await drop(app, projectUuid, files);
  await confirmAll(app, projectUuid);
  return transfersIn(app, 'done');
}
