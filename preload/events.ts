import { ipcRenderer } from 'electron';
import { type EventName, events, type PreloadBridge } from '../shared/contract/bridge.ts';
import { EVENT_CHANNEL } from '../shared/contract/shell-channels.ts';

type Listener = (payload: unknown) => void;

/**
 * One subscription to the main process for all listeners of the page. Electron's event object never
 * reaches the page.
 */
export function listenToEvents(): PreloadBridge<File>['on'] {
  const listeners = new Map<string, Set<Listener>>();
  ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  });
  return (event, listener) => {
    if (!isEventName(event)) throw new Error(`There is no event ${JSON.stringify(event)}`);
    const group = listeners.get(event) ?? new Set();
    listeners.set(event, group);
    // A new function per subscription: the same listener may be added twice and removed once.
    const entry: Listener = (payload) => (listener as Listener)(payload);
    group.add(entry);
    return () => void group.delete(entry);
  };
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
