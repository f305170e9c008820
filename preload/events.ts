import { ipcRenderer } from 'electron';
import { type Bridge, type EventName, events } from '../shared/contract/bridge.ts';
import { EVENT_CHANNEL } from './shell-channels.ts';

type Listener = (payload: unknown) => void;

/** One subscription to the main process, shared out to the page's listeners. Electron's event object stays on this side. */
export function listenToEvents(): Bridge<File>['on'] {
  const listeners = new Map<string, Set<Listener>>();
  ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  });
  return (event, listener) => {
    if (!isEventName(event)) throw new Error(`There is no event ${JSON.stringify(event)}`);
    const group = listeners.get(event) ?? new Set();
    listeners.set(event, group);
    // A function of our own for each subscription: the same listener may be given twice and taken away once.
    const entry: Listener = (payload) => (listener as Listener)(payload);
    group.add(entry);
    return () => void group.delete(entry);
  };
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
