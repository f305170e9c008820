import type { EventName, EventPayload } from '../../shared/contract/bridge.ts';
import type { AccountEvents } from './account-events.ts';

/** Sends an event over the bridge to the screen. */
export type EmitEvent = <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void;

/** Forwards the events of an account's services to the screen. */
export function forwardEvents(events: AccountEvents, emit: EmitEvent): void {
  events.on('libraryChanged', (projectUuids) => emit('library.changed', { projectUuids: [...projectUuids] }));
  events.on('pinsChanged', (projectUuids) => emit('library.changed', { projectUuids: [...projectUuids] }));
  events.on('localNotesChanged', (projectUuids) => {
    // An empty list would mean all projects.
    if (projectUuids.length > 0) emit('library.changed', { projectUuids: [...projectUuids] });
  });
  events.on('operationsChanged', (operations) => emit('operations.changed', operations));
  events.on('stagedChanged', (staged) => emit('uploads.stagedChanged', staged));
  events.on('heldActivationsChanged', (held) => emit('uploads.heldChanged', [...held]));
  events.on('transfersChanged', (transfers) => emit('transfers.changed', transfers));
  events.on('watchFoldersChanged', (folders) => emit('watchFolders.changed', folders));
  events.on('bundleProgress', (progress) => emit('previews.progress', progress));
}
