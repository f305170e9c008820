import remote from '@electron/remote/main/index.js';
import { app, type BrowserWindow, ipcMain } from 'electron';
import type { Log } from '../../node/log.ts';
import { guardRemoteModule, type RemoteGuard } from '../security/remote-module.ts';
import { createWindowFacade } from '../security/window-facade.ts';

/** Null, and a window without controls of the page's own, if @electron/remote is not the one that the guard knows. */
export function startWindowControls(log: Log): RemoteGuard | null {
  try {
    return guardRemoteModule({ remote, app, ipcMain, log });
  } catch (error) {
    log.error('no window controls', { reason: String(error) });
    return null;
  }
}

export function giveWindowControls(guard: RemoteGuard | null, window: BrowserWindow): void {
  guard?.enableFor(window.webContents, createWindowFacade(window));
}
