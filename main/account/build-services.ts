import type { ApiClient } from '../../node/api-client/api-client.ts';
import type { Pace } from '../../node/api-client/pace.ts';
import { uploadFate } from '../../node/api-client/upload-receipts.ts';
import { forgetUpload } from '../../node/api-client/upload-session.ts';
import type { Log } from '../../node/log.ts';
import { mayDoWith } from '../db/may-do.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { findLackOfSpace } from '../files/free-space.ts';
import { type PartialFiles, partialFiles } from '../files/partial-files.ts';
import { HeldActivations } from '../library/held-activations.ts';
import { createLibraryActions } from '../library/library-actions.ts';
import { createLibraryReads } from '../library/library-reads.ts';
import { createProjectActions } from '../library/project-actions.ts';
import { createRecheckDismissals } from '../library/recheck-dismissals.ts';
import { createActiveVerdicts } from '../media/active-verdicts.ts';
import { createBundles } from '../media/bundles.ts';
import { createDragCopies } from '../media/drag-copies.ts';
import { createDrawings } from '../media/drawings.ts';
import { stagedPictureAddress } from '../media/picture-address.ts';
import { createPictures } from '../media/pictures.ts';
import { PinnedHashes } from '../media/pinned-hashes.ts';
import { createPins } from '../media/pins.ts';
import { createSummaries } from '../media/summaries.ts';
import { Outbox } from '../outbox/outbox.ts';
import { createAccessTokens } from '../session/access-tokens.ts';
import { createOwnAccount } from '../session/own-account.ts';
import { createSecondFactor } from '../session/second-factor.ts';
import type { AccountInfo } from '../session/settings.ts';
import { createComparisons } from '../staging/comparisons.ts';
import { keepFiles } from '../staging/kept-files.ts';
import { Staging, type StagingOptions } from '../staging/staging.ts';
import { Sync } from '../sync/sync.ts';
import type { ConfirmOptions } from '../transfers/confirm-uploads.ts';
import { createDownloadRun } from '../transfers/download-run.ts';
import { createSaveCached } from '../transfers/save-cached.ts';
import { TransferQueue } from '../transfers/transfer-queue.ts';
import { createTransfers } from '../transfers/transfers.ts';
import { createUploadRun } from '../transfers/upload-run.ts';
import { createAccountWatchFolders } from '../watching/account-watch-folders.ts';
import { WATCH_TIMES, type WatchTimes } from '../watching/watch-times.ts';
import type { AccountEvents } from './account-events.ts';
import { type AccountStorage, openBundleCache, openPictureCache } from './account-storage.ts';

/** What an account gets from the application. */
export interface AccountEnvironment {
  readonly api: ApiClient;
  /** Threads for reading files. The accounts of a run use them one after the other. */
  readonly fileWorkers: FileWorkers;
  /** Limits the upload speed of all uploads together. */
  readonly pace: Pace;
  readonly downloadsDir: string;
  /** How often to ask the server for changes, in milliseconds. */
  readonly pollIntervalMs: number;
  /** Replaces some of `WATCH_TIMES`. */
  readonly watchTimes?: Partial<WatchTimes>;
  readonly log: Log;
  /** Reads the account from the server again. */
  refresh(): Promise<void>;
}

interface BuildOptions {
  readonly environment: AccountEnvironment;
  readonly storage: AccountStorage;
  readonly events: AccountEvents;
  /** Memberships and policy may change while the account is open. */
  readonly info: () => AccountInfo;
}

export type AccountServices = ReturnType<typeof buildServices>;

/**
 * Builds every service from those built before it. They emit events through the hub; nothing runs
 * yet.
 */
export function buildServices(options: BuildOptions) {
  const server = buildServerServices(options);
  const sheet = buildStagingServices(options, server);
  const transfers = buildTransferServices(options, { ...server, ...sheet });
  return { ...server, ...sheet, ...transfers };
}

/** Services that talk to the server: pictures, summaries, the change feed and the outbox. */
function buildServerServices({ environment, storage, events, info }: BuildOptions) {
  const { api, log, pollIntervalMs } = environment;
  const { database } = storage;
  const pictures = createPictures({
    api,
    database,
    cache: openPictureCache(storage),
    onError: (error) => log.warn('A picture could not be kept', { error: String(error) }),
  });
  const summaries = createSummaries({
    api,
    database,
    log,
    onArrived: () => events.emit('summariesArrived', null),
  });
  const sync = new Sync({
    api,
    database,
    pollIntervalMs,
    log,
    scope: info,
    listener: {
      libraryChanged: (projectUuids) => events.emit('serverRowsChanged', projectUuids),
      connectionChanged: (state) => events.emit('connectionChanged', state),
      accessInDoubt: () => void environment.refresh(),
    },
  });
  const outbox = new Outbox({
    api,
    database,
    sync,
    log,
    onLibraryChange: (projectUuids) => events.emit('libraryChanged', projectUuids),
    onChange: (operations) => events.emit('operationsChanged', operations),
  });
  const own = { api, refresh: () => environment.refresh() };
  return {
    pictures,
    summaries,
    sync,
    outbox,
    ownAccount: createOwnAccount(own),
    secondFactor: createSecondFactor(own),
    accessTokens: createAccessTokens(own),
  };
}

type ServerServices = ReturnType<typeof buildServerServices>;

/** The upload sheet, and the bytes of staged files and stored versions. */
function buildStagingServices(
  options: BuildOptions,
  { summaries, pictures }: Pick<ServerServices, 'summaries' | 'pictures'>,
) {
  const { environment, storage, events } = options;
  const { api, log } = environment;
  const { database, effective } = storage;
  const sheetOptions = sheetOptionsFrom(options, summaries);
  const staging = new Staging({
    ...sheetOptions,
    kept: keepFiles(database, log),
    onChange: (projectUuid, files) => events.emit('stagedChanged', { projectUuid, files }),
  });
  const comparisons = createComparisons({ read: effective.read, summaries, staging });
  const pinned = new PinnedHashes();
  const cache = openBundleCache(storage, environment, pinned);
  const bundles = createBundles({
    api,
    read: database.read,
    cache,
    stagedFile: (stageId) => staging.file(stageId),
    onProgress: (progress) => events.emit('bundleProgress', progress),
  });
  const pins = createPins({
    database,
    cache,
    pinned,
    log,
    fetch: (versionUuid) => bundles.file({ kind: 'version', versionUuid }),
    findLackOfSpace: (neededBytes) => findLackOfSpace({ folder: storage.folders.bundles, neededBytes }),
    cancel: (versionUuid) => bundles.cancel({ kind: 'version', versionUuid }),
    onChange: (projectUuids) => events.emit('pinsChanged', projectUuids),
  });
  const drawings = createDrawings({
    database,
    log,
    stagedHash: (stageId) => staging.summary(stageId)?.sha256 ?? null,
    isUnchanged: (stageId) => isUnchanged(environment.fileWorkers, staging, stageId),
    onChange: (projectUuids) => events.emit('localNotesChanged', projectUuids),
  });
  const dragCopies = createDragCopies({ bundles, pictures, folder: storage.folders.dragCopies });
  return { sheetOptions, staging, comparisons, bundles, pins, drawings, dragCopies };
}

async function isUnchanged(fileWorkers: FileWorkers, staging: Staging, stageId: string): Promise<boolean> {
  const [file, sha256] = [staging.file(stageId), staging.summary(stageId)?.sha256];
  if (file === null || sha256 === undefined) return false;
  const measured = await fileWorkers.measure({ path: file.path });
  return measured.ok && measured.value.sha256 === sha256;
}

type StagingServices = ReturnType<typeof buildStagingServices>;

/** Options shared by the upload sheet on screen and the one for watched files. */
function sheetOptionsFrom(
  { environment, storage, info }: BuildOptions,
  summaries: ServerServices['summaries'],
): Omit<StagingOptions, 'onChange' | 'kept'> {
  const { folders, effective } = storage;
  return {
    read: effective.read,
    fileWorkers: environment.fileWorkers,
    picturesDir: folders.stagedPictures,
    copiesDir: folders.stagedCopies,
    log: environment.log,
    policy: () => info().gabPolicy,
    pictureUrl: stagedPictureAddress,
    verdicts: createActiveVerdicts(effective.read, summaries),
  };
}

/** Transfers, people's actions on avatars and projects, and watched folders. */
function buildTransferServices(options: BuildOptions, services: ServerServices & StagingServices) {
  const { environment, storage, events, info } = options;
  const { api, log, fileWorkers } = environment;
  const { database, effective, folders } = storage;
  const { staging, outbox, pins, sync, sheetOptions, bundles } = services;
  const partials = partialFiles(environment.downloadsDir, folders.database);
  const queue = buildQueue(options, { ...services, partials });
  const reads = createLibraryReads(database.read, (projectUuid) => pins.view(projectUuid));
  const mayDo = mayDoWith(database.read.projects, info);
  const actions = createLibraryActions({ outbox, reads, actor: () => info().name, mayDo });
  const heldActivations = new HeldActivations({
    database: effective,
    summaries: services.summaries,
    actions,
    log,
    onChange: (held) => events.emit('heldActivationsChanged', held),
  });
  const projects = createProjectActions({ api, sync });
  const rechecks = createRecheckDismissals({
    database,
    onChange: (projectUuid) => events.emit('localNotesChanged', [projectUuid]),
  });
  const confirm: Omit<ConfirmOptions, 'staging' | 'isDecision'> = {
    database: effective,
    queue,
    fileWorkers,
    uploadCopiesDir: folders.uploadCopies,
    mayDo,
    log,
  };
  const saveCached = createSaveCached({ bundles, fileWorkers, partials });
  const transfers = createTransfers({ ...confirm, staging, isDecision: true, saveCached });
  const watchFolders = createAccountWatchFolders({
    ...confirm,
    staging,
    createSheet: (onChange) => new Staging({ ...sheetOptions, kept: null, onChange }),
    times: { ...WATCH_TIMES, ...environment.watchTimes },
    onChange: (watched) => events.emit('watchFoldersChanged', watched),
  });
  return { partials, queue, reads, actions, heldActivations, projects, rechecks, transfers, watchFolders };
}

function buildQueue(
  { environment, storage, events, info }: BuildOptions,
  { sync, outbox, bundles, partials }: ServerServices & StagingServices & { readonly partials: PartialFiles },
) {
  const { api, fileWorkers, pace, log } = environment;
  const { database } = storage;
  return new TransferQueue({
    database,
    log,
    runUpload: createUploadRun({
      api,
      fileWorkers,
      pace,
      sync,
      actor: () => info().name,
      log,
      wakeOutbox: () => outbox.wake(),
      keepUploaded: (facts, path) => bundles.keepUploaded(facts, path),
    }),
    runDownload: createDownloadRun({ api, database, fileWorkers, sync, partials }),
    fateOf: (transferId) => uploadFate(api, transferId),
    forget: ({ id, kind }) => (kind === 'upload' ? forgetUpload(api, id) : partials.remove(id)),
    onChange: (transfers) => events.emit('transfersChanged', transfers),
  });
}
