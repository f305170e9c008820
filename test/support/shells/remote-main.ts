import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import type { WebContents } from 'electron';
import { APP_ORIGIN } from '../../../main/security/app-origin.ts';
import type { RemoteModule } from '../../../main/security/remote-module.ts';

const require = createRequire(import.meta.url);

const BINDING = '_linkedBinding';

/** @electron/remote's real main code, freshly loaded with a stub of the `electron` module. */
export interface RealRemote {
  readonly remote: RemoteModule;
  readonly ipcMain: EventEmitter;
  readonly app: EventEmitter;
}

export function loadRealRemote(): RealRemote {
  const stub = { ipcMain: new EventEmitter(), app: new EventEmitter(), nativeImage: {} };
  const electronPath = require.resolve('electron');
  forgetModules((path) => path === electronPath || path.includes('/@electron/remote/'));
  // Node's cache entry for `require('electron')`.
  require.cache[electronPath] = {
    id: electronPath,
    filename: electronPath,
    loaded: true,
    exports: stub,
  } as NodeJS.Module;
  // How Electron lets its own code reach V8's hidden values.
  Reflect.set(process, BINDING, () => ({ getHiddenValue: () => undefined }));
  try {
    return { remote: require('@electron/remote/main') as RemoteModule, ipcMain: stub.ipcMain, app: stub.app };
  } finally {
    Reflect.deleteProperty(process, BINDING);
    forgetModules((path) => path === electronPath);
  }
}

function forgetModules(isMeant: (path: string) => boolean): void {
  for (const path of Object.keys(require.cache)) if (isMeant(path.replaceAll('\\', '/'))) delete require.cache[path];
}

let nextContentsId = 1;

/** What @electron/remote uses of a WebContents. */
export class FakeContents extends EventEmitter {
  readonly id = nextContentsId++;
  isDestroyed = () => false;
  getProcessId = () => 7;
  getLastWebPreferences = () => ({});
  getOwnerBrowserWindow = () => ({ webContents: this, secret: 'the real window' });
  sendToFrame = () => true;
  asContents(): WebContents {
    return this as unknown as WebContents;
  }
}

export interface Meta {
  readonly type: string;
  readonly id?: number;
  readonly name?: string;
  readonly value?: unknown;
  readonly members?: readonly { readonly name: string; readonly type: string }[];
  readonly proto?: unknown;
}

export interface Sending {
  readonly contents: FakeContents;
  /** As Electron looks it up when the message arrives. */
  readonly frame?: { origin: string; parent: unknown; processId: number; routingId: number } | null;
  /** The process that sent it. */
  readonly processId?: number;
  readonly contextId?: unknown;
}

export const TOP_FRAME = { origin: APP_ORIGIN, parent: null, processId: 7, routingId: 1 };

/** Sends as a renderer's `sendSync` would. As in Electron, `returnValue` of the event can be set and not be read. */
export function sendSync(ipcMain: EventEmitter, sending: Sending, channel: string, ...args: unknown[]): Meta {
  const answers: unknown[] = [];
  const event = {
    sender: sending.contents,
    senderFrame: sending.frame === undefined ? TOP_FRAME : sending.frame,
    processId: sending.processId ?? TOP_FRAME.processId,
    frameId: TOP_FRAME.routingId,
    set returnValue(value: unknown) {
      answers.push(value);
    },
    get returnValue() {
      return undefined;
    },
  };
  ipcMain.emit(channel, event, 'contextId' in sending ? sending.contextId : 'context-1', ...args);
  return (answers[0] ?? { type: 'no answer' }) as Meta;
}
