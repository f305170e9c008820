import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventName, EventPayload } from '../shared/contract/bridge.ts';
import { MIB } from '../shared/lib/sizes.ts';
import type { ApiClient } from './api/api-client.ts';
import { fetchReceipt } from './api/upload-avatar.ts';
import type { ApplicationOptions } from './application.ts';
import { openLocalDatabase } from './db/local-database.ts';
import type { Inspector } from './files/inspector.ts';
import { createPictureCache } from './files/picture-cache.ts';
import { type AuditPage, readAuditEvents } from './library/audit-log.ts';
import { createLibraryActions, type LibraryActions } from './library/library-actions.ts';
import { createLibraryReads, type LibraryReads } from './library/library-reads.ts';
import { stagedPictureAddress } from './library/picture-address.ts';
import { createPictures, type Pictures } from './library/pictures.ts';
import type { SignedInAccount } from './session/session.ts';
import type { AccountInfo } from './session/settings.ts';
import { createSync, type Sync } from './sync/sync.ts';
import { createDownloadRun } from './transfers/download-run.ts';
import { cleanOutbox } from './transfers/outbox.ts';
import { createStaging, type Staging } from './transfers/staging.ts';
import { createTransferQueue } from './transfers/transfer-queue.ts';
import { createTransfers, type Transfers } from './transfers/transfers.ts';
import { createUploadRun } from './transfers/upload-run.ts';

/** Pictures of one account on this disk; at 30 kB each this is some 17,000 of them. */
const PICTURE_CACHE_BYTES = 512 * MIB;

export type EmitEvent = <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void;

/** The services of one account on one server. They share nothing with those of another account. */
export interface Account extends SignedInAccount {
  readonly reads: LibraryReads;
  readonly actions: LibraryActions;
  readonly pictures: Pictures;
  readonly sync: Sync;
  readonly staging: Staging;
  readonly transfers: Transfers;
  auditEvents(page: { readonly limit: number; readonly offset: number }): ReturnType<typeof readAuditEvents>;
}
export type { AuditPage };

export interface AccountOptions {
  readonly application: ApplicationOptions;
  readonly api: ApiClient;
  readonly info: AccountInfo;
  readonly inspector: Inspector;
  readonly emit: EmitEvent;
  /** The connection or the time of the last agreement changed. */
  onConnectionChange(): void;
}

/** The folder of an account's library: other accounts on this machine have others, also on the same server. */
export function accountFolder(userDataDir: string, { serverUrl, uuid }: AccountInfo): string {
  const name = createHash('sha256').update(`${serverUrl}\n${uuid}`).digest('hex').slice(0, 32);
  return join(userDataDir, 'accounts', name);
}

/** Opens an account's library and builds its services. Nothing is sent before `start()`. */
export function openAccount(options: AccountOptions): Account {
  const { application, api, inspector, emit } = options;
  const { log } = application;
  let info = options.info;
  const folder = accountFolder(application.userDataDir, info);
  const outboxDir = join(folder, 'outbox');
  const stagedPicturesDir = join(folder, 'staged-pictures');
  const database = openLocalDatabase({
    path: join(folder, 'library.db'),
    migrationsDir: application.migrationsDir,
    onQuarantine: (movedTo) => log.warn('The local library could not be read and was begun anew', { movedTo }),
  });
  const cache = createPictureCache(join(folder, 'pictures'), PICTURE_CACHE_BYTES);
  const pictures = createPictures({
    api,
    database,
    cache,
    onError: (error) => log.warn('A picture could not be kept', { error: String(error) }),
  });
  const libraryChanged = (projectUuids: readonly string[]) => {
    emit('library.changed', { projectUuids: [...projectUuids] });
    staging.refresh(projectUuids);
    pictures.prefetch();
  };
  let wasOnline = false;
  const sync = createSync({
    api,
    database,
    pollIntervalMs: application.pollIntervalMs,
    log,
    scope: () => info,
    listener: {
      libraryChanged,
      connectionChanged: (state) => {
        if (state === 'online' && !wasOnline) {
          queue.retryFailed();
          pictures.prefetch();
        }
        if (state !== 'syncing') wasOnline = state === 'online';
        options.onConnectionChange();
      },
    },
  });
  const staging = createStaging({
    read: database.read,
    inspector,
    picturesDir: stagedPicturesDir,
    log,
    policy: () => info.gabPolicy,
    pictureUrl: stagedPictureAddress,
    onChange: (projectUuid, files) => emit('uploads.stagedChanged', { projectUuid, files }),
  });
  const queue = createTransferQueue({
    database,
    log,
    runUpload: createUploadRun({ api, sync, actor: info.name }),
    runDownload: createDownloadRun({ api, database, sync, downloadsDir: application.downloadsDir }),
    isWithServer: async (transferId) => {
      const receipt = await fetchReceipt(api, transferId);
      return receipt.ok && (receipt.value?.state === 'checking' || receipt.value?.state === 'stored');
    },
    onChange: (transfers) => emit('transfers.changed', transfers),
  });
  const reads = createLibraryReads(database.read);
  return {
    get info() {
      return info;
    },
    reads,
    actions: createLibraryActions({ api, database, sync, reads, actor: info.name }),
    pictures,
    sync,
    staging,
    transfers: createTransfers({ database, staging, queue, inspector, outboxDir, role: info.role, log }),
    auditEvents: (page) => readAuditEvents(api, database.read, page),
    connection: () => sync.connection(),
    syncedAt: () => sync.syncedAt(),
    update: (changed) => {
      info = changed;
      void sync.pullNow();
    },
    start: async () => {
      await rm(stagedPicturesDir, { recursive: true, force: true });
      await mkdir(stagedPicturesDir, { recursive: true });
      await cleanOutbox(outboxDir, database.read);
      queue.start();
      sync.start();
    },
    stop: async () => {
      await Promise.all([sync.stop(), queue.stop(), pictures.stop(), staging.stop()]);
      database.close();
    },
  };
}
