import { join } from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import type { Log } from '../application.ts';
import { readJson, writeJson } from '../platform/json-file.ts';
import { type Bounds, parseWindowState, usableState, type WindowState } from './window-state-rules.ts';

const FILE_NAME = 'window-state.json';

export async function loadWindowState(userDataDir: string): Promise<WindowState> {
  const remembered = await readJson(join(userDataDir, FILE_NAME), parseWindowState);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const workAreas: [Bounds, ...Bounds[]] = [primary.workArea, ...others.map((display) => display.workArea)];
  return usableState(remembered, workAreas);
}

/** Remembers place and size when the window closes; what it was before it was maximised, so that it can go back there. */
export function keepWindowState(window: BrowserWindow, userDataDir: string, log: Log): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    writeJson(join(userDataDir, FILE_NAME), state).catch((error: unknown) => {
      log.warn('the window’s place could not be kept', { reason: String(error) });
    });
  });
}
