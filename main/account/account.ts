import type { Failure } from '../../shared/contract/failure.ts';
import type { LibraryRepair } from '../../shared/contract/library-repair.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import { OPEN_STATES } from '../db/transfer-states.ts';
import { readAuditEvents } from '../library/audit-log.ts';
import type { MediaResponse } from '../media/media-response.ts';
import type { AccountOpening } from '../session/session.ts';
import type { AccountInfo } from '../session/settings.ts';
import type { ConnectionState } from '../sync/sync.ts';
import type { AccountEventMap, AccountEvents } from './account-events.ts';
import { type AccountHealth, readHealth } from './account-health.ts';
import {
  type AccountStorage,
  cleanFolders,
  openStorage,
  type StorageOptions,
  setUnneededCopiesAside,
} from './account-storage.ts';
import { type AccountEnvironment, type AccountServices, buildServices } from './build-services.ts';
import { connectServices } from './connect-services.ts';
import { createEventHub } from './event-hub.ts';
import { type EmitEvent, forwardEvents } from './forward-events.ts';
import { readMedia } from './read-media.ts';
import { saveRecoveryCodes } from './save-recovery-codes.ts';

export interface AccountOptions extends AccountEnvironment, StorageOptions, AccountOpening {
  readonly emit: EmitEvent;
}

/**
 * One signed-in account on one server. Opening it opens its library and builds its services; nothing is sent before `start()`.
 * It shares nothing with the accounts of other people on this computer.
 */
export class Account {
  readonly services: AccountServices;
  readonly #options: AccountOptions;
  readonly #storage: AccountStorage;
  #info: AccountInfo;
  #repair: LibraryRepair | null;

  constructor(options: AccountOptions) {
    this.#options = options;
    this.#info = options.info;
    const events: AccountEvents = createEventHub<AccountEventMap>((event, error) => {
      options.log.error('An event handler failed', { event, error: String(error) });
    });
    this.#storage = openStorage(options, options.info);
    try {
      this.#repair = this.#storage.database.read.state.repair();
      this.services = buildServices({ environment: options, storage: this.#storage, events, info: () => this.#info });
    } catch (error) {
      // A damaged library cannot be rebuilt while it is open.
      this.#storage.database.close();
      throw error;
    }
    forwardEvents(events, options.emit);
    connectServices(events, this.services);
    events.on('connectionChanged', () => options.onConnectionChange());
  }

  get info(): AccountInfo {
    return this.#info;
  }

  connection(): ConnectionState {
    return this.services.sync.connection();
  }

  unreached(): Failure | null {
    return this.services.sync.unreached();
  }

  syncedAt(): string | null {
    return this.services.sync.syncedAt();
  }

  /** How the library was rebuilt after damage; null if it was not, or if a person has read it. */
  repair(): LibraryRepair | null {
    return this.#repair;
  }

  dismissRepair(): Result<null, Failure> {
    const written = this.#storage.database.tryWrite((writers) => writers.state.setRepair(null));
    if (!written.ok) return written;
    this.#repair = null;
    this.#options.onConnectionChange();
    return ok(null);
  }

  update(info: AccountInfo): void {
    this.#info = info;
    void this.services.sync.pullNow();
  }

  auditEvents(page: { readonly limit: number; readonly offset: number }): ReturnType<typeof readAuditEvents> {
    return readAuditEvents(this.#options.api, this.#storage.database.read, page);
  }

  /** Writes the codes to the folder for downloads. */
  saveRecoveryCodes(codes: readonly string[]): ReturnType<typeof saveRecoveryCodes> {
    return saveRecoveryCodes(this.#options.downloadsDir, codes);
  }

  health(): Promise<AccountHealth> {
    return readHealth(this.#storage);
  }

  media(path: string): Promise<MediaResponse | null> {
    return readMedia(this.services, path);
  }

  async start(): Promise<void> {
    const { folders, database } = this.#storage;
    const { partials, queue, outbox, pins, staging, sync, watchFolders, heldActivations } = this.services;
    await cleanFolders(folders, database);
    await staging.restore(folders.uploadCopies);
    const setAside = await setUnneededCopiesAside(folders, database);
    if (setAside > 0) this.#options.log.warn('Upload copies that no upload needs were set aside', { setAside });
    await partials.sweep(new Set(database.read.transfers.inStates(OPEN_STATES).map(({ id }) => id)));
    queue.start();
    outbox.start();
    pins.refresh();
    sync.start();
    watchFolders.start();
    heldActivations.settle();
  }

  async stop(): Promise<void> {
    const { watchFolders, sync, outbox, queue, pictures, bundles, pins, staging, summaries } = this.services;
    // Watching stops first, because it stages files and enqueues transfers.
    const watching = await Promise.allSettled([watchFolders.stop()]);
    const others = await Promise.allSettled(
      [sync, outbox, queue, pictures, bundles, pins, staging, summaries].map(async (service) => service.stop()),
    );
    const stopped = [...watching, ...others];
    // A service that fails to stop must not keep the others running or the library open.
    for (const { reason } of stopped.filter((end) => end.status === 'rejected')) {
      this.#options.log.error('A service failed to stop', { error: String(reason) });
    }
    this.#storage.database.close();
  }
}
