import { join } from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { readJsonFile, writeJsonFile } from '../../node/json-file.ts';
import type { Log } from '../../node/log.ts';
import { type Bounds, parseWindowState, usableState, type WindowState } from './window-state-rules.ts';

const FILE_NAME = 'window-state.json';

export async function loadWindowState(userDataDir: string): Promise<WindowState> {
  const remembered = await readJsonFile(join(userDataDir, FILE_NAME), parseWindowState);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const workAreas: [Bounds, ...Bounds[]] = [primary.workArea, ...others.map((display) => display.workArea)];
  return usableState(remembered, workAreas);
}

/**
 * Stores place and size when the window closes; for a maximized window those from before, so that
 * it can be restored. The returned promise resolves once they are written: the process must not
 * exit earlier.
 */
export function keepWindowState(window: BrowserWindow, userDataDir: string, log: Log): Promise<void> {
  let written = Promise.resolve();
  window.once('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    written = writeJsonFile(join(userDataDir, FILE_NAME), state).catch((error: unknown) => {
      log.warn('The window’s place could not be stored', { reason: String(error) });
    });
  });
  // A window that crashes does not emit `close`, only `closed`.
  return new Promise((resolve) => window.once('closed', () => resolve(written)));
}
