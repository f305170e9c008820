import remote from '@electron/remote/main/index.js';
import { app, type BrowserWindow, ipcMain } from 'electron';
import type { Log } from '../../node/log.ts';
import { guardRemoteModule, type RemoteGuard } from '../security/remote-module.ts';
import { createWindowFacade } from '../security/window-facade.ts';

/**
 * Returns null if @electron/remote is not the version that the guard expects; the page then draws
 * no window controls.
 */
export function startWindowControls(log: Log): RemoteGuard | null {
  try {
    return guardRemoteModule({ remote, app, ipcMain, log });
  } catch (error) {
    log.error('Window controls are not available', { reason: String(error) });
    return null;
  }
}

export function giveWindowControls(guard: RemoteGuard | null, window: BrowserWindow): void {
  guard?.enableFor(window.webContents, createWindowFacade(window));
}
