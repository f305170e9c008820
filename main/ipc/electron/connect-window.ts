import { type BrowserWindow, ipcMain, type Session } from 'electron';
import type { Log } from '../../../node/log.ts';
import type { Application } from '../../application.ts';
import { serveAppProtocol } from './app-protocol.ts';
import { connectTransport, sendEvent } from './transport.ts';
import { followWindowState } from './window-state-events.ts';

// Only this file passes Electron's own objects to the transports; everything behind it takes them
// as parameters.

export interface WindowConnection {
  readonly window: BrowserWindow;
  readonly application: Application;
  readonly log: Log;
}

export function connectWindow({ window, application, log }: WindowConnection): () => void {
  const { webContents } = window;
  const disconnect = connectTransport({ ipcMain, contents: webContents, application, log });
  const unfollow = followWindowState(window, (state) => sendEvent(webContents, 'window.changed', state));
  return () => {
    unfollow();
    disconnect();
  };
}

export interface SessionService {
  readonly session: Session;
  readonly application: Application;
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly log: Log;
}

export function serveSession({ session, ...served }: SessionService): void {
  serveAppProtocol({ protocol: session.protocol, ...served });
}
