import type { AccountEvents } from './account-events.ts';
import type { AccountServices } from './build-services.ts';

/**
 * Subscribes the services of one account to each other's events. They react in the order listed
 * here.
 */
export function connectServices(events: AccountEvents, services: AccountServices): void {
  const { outbox, staging, watchFolders, pins, queue, heldActivations } = services;
  const ahead = new FetchAhead(services);
  let wasOnline = false;

  events.on('serverRowsChanged', (projectUuids) => {
    // Conflicts come first: the server's new rows may settle an open one.
    outbox.libraryChanged(projectUuids);
    // The trash was purged, or a quota was set.
    queue.storageMayHaveChanged();
    events.emit('libraryChanged', projectUuids);
  });
  events.on('libraryChanged', (projectUuids) => {
    staging.refresh(projectUuids);
    watchFolders.refresh(projectUuids);
    heldActivations.settle();
    ahead.request();
  });
  events.on('connectionChanged', (state) => {
    if (state === 'online' && !wasOnline) {
      queue.retryFailed();
      queue.storageMayHaveChanged();
      outbox.wake();
      ahead.request();
    } else if (state === 'online') {
      ahead.requestIfDue();
    }
    // What could not be compared without the server.
    if (state === 'online') heldActivations.settle();
    if (state !== 'syncing') wasOnline = state === 'online';
  });
  events.on('summariesArrived', () => {
    staging.refresh([]);
    heldActivations.settleKnown();
  });
  // The same file may be staged in any project.
  events.on('localNotesChanged', () => staging.refresh([]));
  events.on('transfersChanged', () => watchFolders.nudge());
  events.on('bundleProgress', ({ bundle, doneBytes }) => {
    if (bundle.kind === 'version') pins.noteProgress(bundle.versionUuid, doneBytes);
  });
}

/**
 * Fetches what is needed offline. It reads the whole library, so it waits until the first sync is
 * complete.
 */
class FetchAhead {
  readonly #services: Pick<AccountServices, 'sync' | 'pictures' | 'summaries' | 'pins'>;
  #isDue = false;

  constructor(services: Pick<AccountServices, 'sync' | 'pictures' | 'summaries' | 'pins'>) {
    this.#services = services;
  }

  request(): void {
    const { sync, pictures, summaries, pins } = this.#services;
    this.#isDue = sync.connection() === 'syncing';
    if (this.#isDue) return;
    pictures.prefetch();
    summaries.prefetch();
    pins.refresh();
  }

  requestIfDue(): void {
    if (this.#isDue) this.request();
  }
}
