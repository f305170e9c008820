import { type BrowserWindow, ipcMain, type Session } from 'electron';
import type { Log } from '../../../node/log.ts';
import type { Application } from '../../application.ts';
import { serveAppProtocol } from './app-protocol.ts';
import { connectTransport } from './transport.ts';

// Only this file passes Electron's own objects to the transports; everything behind it takes them
// as parameters.

export interface WindowConnection {
  readonly window: BrowserWindow;
  readonly application: Application;
  readonly log: Log;
}

export function connectWindow({ window, application, log }: WindowConnection): () => void {
  return connectTransport({ ipcMain, contents: window.webContents, application, log });
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
