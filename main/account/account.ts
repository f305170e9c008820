import type { EventName, EventPayload } from '../../shared/contract/bridge.ts';
import type { ApiClient } from '../api/api-client.ts';
import { forgetUpload } from '../api/upload-session.ts';
import type { ApplicationOptions } from '../application.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import { OPEN_STATES } from '../db/transfer-states.ts';
import type { BundleCache } from '../files/bundle-cache.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { type PartialFiles, partialFiles } from '../files/partial-files.ts';
import type { AccountServices } from '../ipc/handler-context.ts';
import { readAuditEvents } from '../library/audit-log.ts';
import { createLibraryActions, type LibraryActions } from '../library/library-actions.ts';
import { createLibraryReads, type LibraryReads } from '../library/library-reads.ts';
import { type Bundles, createBundles } from '../media/bundles.ts';
import type { MediaResponse } from '../media/media-response.ts';
import { stagedPictureAddress } from '../media/picture-address.ts';
import type { Pictures } from '../media/pictures.ts';
import { createPins, type Pins } from '../media/pins.ts';
import { createSummaries, type Summaries } from '../media/summaries.ts';
import { effectiveDatabase } from '../outbox/effective-readers.ts';
import { createOutbox, type Outbox } from '../outbox/outbox.ts';
import type { AccountInfo } from '../session/settings.ts';
import { type Comparisons, createComparisons } from '../staging/comparisons.ts';
import { createStaging, type Staging, type StagingOptions } from '../staging/staging.ts';
import { type ConnectionState, createSync, type Sync } from '../sync/sync.ts';
import type { Pace } from '../timing/bandwidth.ts';
import type { ConfirmOptions } from '../transfers/confirm-uploads.ts';
import { createDownloadRun } from '../transfers/download-run.ts';
import { createTransferQueue, type TransferQueue } from '../transfers/transfer-queue.ts';
import { createTransfers, type Transfers } from '../transfers/transfers.ts';
import { createUploadRun } from '../transfers/upload-run.ts';
import { createAccountWatchFolders } from '../watching/account-watch-folders.ts';
import type { WatchFolders } from '../watching/watch-folders.ts';
import { WATCH_TIMES } from '../watching/watch-times.ts';
import {
  type AccountFolders,
  accountFolders,
  cleanFolders,
  createAccountBundleCache,
  createAccountPictures,
  isUploadWithServer,
  openAccountDatabase,
} from './account-parts.ts';
import { readMedia } from './read-media.ts';

export type EmitEvent = <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void;

export interface AccountOptions {
  readonly application: ApplicationOptions;
  readonly api: ApiClient;
  readonly info: AccountInfo;
  readonly fileWorkers: FileWorkers;
  /** When the bytes of all uploads may go out. */
  readonly pace: Pace;
  readonly emit: EmitEvent;
  /** The connection or the time of the last agreement changed. */
  onConnectionChange(): void;
}

/** Opens an account's library and wires its services. Nothing is sent before `start()`. */
export function openAccount(options: AccountOptions): Account {
  return new Account(options);
}

/** The services of one account on one server. They share nothing with those of another account. */
export class Account implements AccountServices {
  readonly reads: LibraryReads;
  readonly actions: LibraryActions;
  readonly pictures: Pictures;
  readonly bundles: Bundles;
  readonly comparisons: Comparisons;
  readonly pins: Pins;
  readonly sync: Sync;
  readonly outbox: Outbox;
  readonly staging: Staging;
  readonly transfers: Transfers;
  readonly watchFolders: WatchFolders;
  readonly #options: AccountOptions;
  readonly #folders: AccountFolders;
  /** What the server said. */
  readonly #database: LocalDatabase;
  /** The same with what waits in the outbox lying over it: what people see and decide upon. */
  readonly #effective: LocalDatabase;
  readonly #cache: BundleCache;
  readonly #queue: TransferQueue;
  readonly #partials: PartialFiles;
  readonly #summaries: Summaries;
  #info: AccountInfo;
  #wasOnline = false;
  #isFetchAheadDue = false;

  constructor(options: AccountOptions) {
    const { application, api, info } = options;
    const { log } = application;
    this.#options = options;
    this.#info = info;
    this.#folders = accountFolders(application.userDataDir, info);
    const database = openAccountDatabase(this.#folders, application.migrationsDir, log);
    this.#database = database;
    this.#effective = effectiveDatabase(database);
    this.pictures = createAccountPictures(this.#folders.pictures, { api, database, log });
    this.#summaries = this.#createSummaries();
    this.comparisons = this.#createComparisons();
    this.sync = this.#createSync();
    this.outbox = this.#createOutbox();
    this.staging = this.#createStaging();
    this.#cache = createAccountBundleCache(this.#folders.bundles, {
      fileWorkers: options.fileWorkers,
      log,
      isPinned: (sha256) => this.pins.isPinned(sha256),
    });
    this.bundles = this.#createBundles();
    this.pins = this.#createPins();
    this.#partials = partialFiles(application.downloadsDir, this.#folders.database);
    this.#queue = this.#createQueue();
    this.reads = createLibraryReads(database.read, (projectUuid) => this.pins.view(projectUuid));
    this.actions = this.#createActions();
    this.transfers = this.#createTransfers();
    this.watchFolders = this.#createWatchFolders();
  }

  get info(): AccountInfo {
    return this.#info;
  }

  connection(): ConnectionState {
    return this.sync.connection();
  }

  syncedAt(): string | null {
    return this.sync.syncedAt();
  }

  update(info: AccountInfo): void {
    this.#info = info;
    void this.sync.pullNow();
  }

  auditEvents(page: { readonly limit: number; readonly offset: number }): ReturnType<typeof readAuditEvents> {
    return readAuditEvents(this.#options.api, this.#database.read, page);
  }

  media(path: string): Promise<MediaResponse | null> {
    return readMedia(this, path);
  }

  async start(): Promise<void> {
    await cleanFolders(this.#folders, this.#database);
    await this.#partials.sweep(new Set(this.#database.read.transfers.inStates(OPEN_STATES).map(({ id }) => id)));
    this.#queue.start();
    this.outbox.start();
    this.pins.refresh();
    this.sync.start();
    this.watchFolders.start();
  }

  async stop(): Promise<void> {
    const { sync, outbox, pictures, bundles, pins, staging } = this;
    // First: it puts files into the sheet and rows into the queue.
    await this.watchFolders.stop();
    const ended = await Promise.allSettled(
      [sync, outbox, this.#queue, pictures, bundles, pins, staging, this.#summaries].map((service) => service.stop()),
    );
    // One that cannot end in order must not keep the others, or the library, from it.
    for (const { reason } of ended.filter((end) => end.status === 'rejected')) {
      this.#options.application.log.error('Something did not end in order', { error: String(reason) });
    }
    this.#database.close();
  }

  #createSync(): Sync {
    const { api, application } = this.#options;
    return createSync({
      api,
      database: this.#database,
      pollIntervalMs: application.pollIntervalMs,
      log: application.log,
      scope: () => this.#info,
      listener: {
        libraryChanged: (projectUuids) => {
          this.outbox.libraryChanged(projectUuids);
          this.#libraryChanged(projectUuids);
        },
        connectionChanged: (state) => this.#connectionChanged(state),
      },
    });
  }

  #createOutbox(): Outbox {
    const { api, application, emit } = this.#options;
    return createOutbox({
      api,
      database: this.#database,
      sync: this.sync,
      log: application.log,
      onLibraryChange: (projectUuids) => this.#libraryChanged(projectUuids),
      onChange: (operations) => emit('operations.changed', operations),
    });
  }

  #createActions(): LibraryActions {
    const { outbox, reads } = this;
    const { application, info } = this.#options;
    return createLibraryActions({
      outbox,
      reads,
      log: application.log,
      actor: info.name,
      role: () => this.#info.role,
    });
  }

  #createStaging(): Staging {
    const { emit } = this.#options;
    return createStaging({
      ...this.#sheetParts(),
      onChange: (projectUuid, files) => emit('uploads.stagedChanged', { projectUuid, files }),
    });
  }

  #sheetParts(): Omit<StagingOptions, 'onChange'> {
    const { fileWorkers, application } = this.#options;
    return {
      read: this.#effective.read,
      fileWorkers,
      picturesDir: this.#folders.stagedPictures,
      copiesDir: this.#folders.stagedCopies,
      log: application.log,
      policy: () => this.#info.gabPolicy,
      pictureUrl: stagedPictureAddress,
      judgeAgainstLive: (projectUuid) => this.comparisons.againstLive(projectUuid),
    };
  }

  #createSummaries(): Summaries {
    const { api, application } = this.#options;
    return createSummaries({
      api,
      database: this.#database,
      onArrived: () => this.staging.refresh([]),
      onError: (error) => application.log.warn('A summary could not be kept', { error: String(error) }),
    });
  }

  #createComparisons(): Comparisons {
    return createComparisons({
      read: this.#effective.read,
      summaries: this.#summaries,
      stagedSummary: (stageId) => this.staging.summary(stageId),
    });
  }

  #createBundles(): Bundles {
    const { api, emit } = this.#options;
    return createBundles({
      api,
      read: this.#database.read,
      cache: this.#cache,
      stagedFile: (stageId) => this.staging.file(stageId),
      onProgress: (progress) => {
        if (progress.bundle.kind === 'version') this.pins.noteProgress(progress.bundle.versionUuid, progress.doneBytes);
        emit('previews.progress', progress);
      },
    });
  }

  #createPins(): Pins {
    const { application, emit } = this.#options;
    return createPins({
      database: this.#database,
      cache: this.#cache,
      log: application.log,
      fetch: (versionUuid) => this.bundles.file({ kind: 'version', versionUuid }),
      cancel: (versionUuid) => this.bundles.cancel({ kind: 'version', versionUuid }),
      onChange: (projectUuids) => emit('library.changed', { projectUuids: [...projectUuids] }),
    });
  }

  #createQueue(): TransferQueue {
    const { api, application, emit, info, fileWorkers } = this.#options;
    const { sync } = this;
    const database = this.#database;
    return createTransferQueue({
      database,
      log: application.log,
      runUpload: createUploadRun({
        api,
        fileWorkers,
        pace: this.#options.pace,
        sync,
        actor: info.name,
        log: application.log,
        wakeOutbox: () => this.outbox.wake(),
        keepUploaded: (facts, path) => this.bundles.keepUploaded(facts, path),
      }),
      runDownload: createDownloadRun({ api, database, fileWorkers, sync, partials: this.#partials }),
      isWithServer: (transferId) => isUploadWithServer(api, transferId),
      forget: ({ id, kind }) => (kind === 'upload' ? forgetUpload(api, id) : this.#partials.remove(id)),
      onChange: (transfers) => {
        emit('transfers.changed', transfers);
        this.watchFolders.nudge();
      },
    });
  }

  #createTransfers(): Transfers {
    return createTransfers({ ...this.#confirmParts(), staging: this.staging, isDecision: true });
  }

  #confirmParts(): Omit<ConfirmOptions, 'staging' | 'isDecision'> {
    const { fileWorkers, application } = this.#options;
    return {
      database: this.#effective,
      queue: this.#queue,
      fileWorkers,
      uploadCopiesDir: this.#folders.uploadCopies,
      role: () => this.#info.role,
      log: application.log,
    };
  }

  #createWatchFolders(): WatchFolders {
    const { application, emit } = this.#options;
    return createAccountWatchFolders({
      ...this.#confirmParts(),
      staging: this.staging,
      createSheet: (onChange) => createStaging({ ...this.#sheetParts(), onChange }),
      times: { ...WATCH_TIMES, ...application.watchTimes },
      onChange: (folders) => emit('watchFolders.changed', folders),
    });
  }

  #libraryChanged(projectUuids: readonly string[]): void {
    this.#options.emit('library.changed', { projectUuids: [...projectUuids] });
    this.staging.refresh(projectUuids);
    this.watchFolders.refresh(projectUuids);
    this.#fetchAhead();
  }

  /** What will be wanted is looked up in the whole library: not at each step of its first sync. */
  #fetchAhead(): void {
    this.#isFetchAheadDue = this.sync.connection() === 'syncing';
    if (this.#isFetchAheadDue) return;
    this.pictures.prefetch();
    this.#summaries.prefetch();
    this.pins.refresh();
  }

  /** The server is back: what waited for it goes on now. */
  #connectionChanged(state: ConnectionState): void {
    if (state === 'online' && !this.#wasOnline) {
      this.#queue.retryFailed();
      this.outbox.wake();
      this.#fetchAhead();
    } else if (state === 'online' && this.#isFetchAheadDue) {
      this.#fetchAhead();
    }
    if (state !== 'syncing') this.#wasOnline = state === 'online';
    this.#options.onConnectionChange();
  }
}
