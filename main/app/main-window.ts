import { BrowserWindow } from 'electron';
import type { Log } from '../../node/log.ts';
import { APP_URL } from '../security/app-origin.ts';
import { webPreferences } from '../security/web-preferences.ts';
import { endStuckWindow } from './end-stuck-window.ts';
import { MIN_WINDOW, type WindowState } from './window-state-rules.ts';

export interface WindowOptions {
  readonly preloadPath: string;
  readonly iconPath: string;
  readonly isPackaged: boolean;
  readonly state: WindowState;
  readonly log: Log;
}

/**
 * Creates the only window, hidden until its page is ready. On macOS the system draws the window
 * buttons, elsewhere the page does.
 */
export function createMainWindow(options: WindowOptions): BrowserWindow {
  const isMac = process.platform === 'darwin';
  const window = new BrowserWindow({
    ...options.state.bounds,
    minWidth: MIN_WINDOW.width,
    minHeight: MIN_WINDOW.height,
    show: false,
    title: 'Gabinet',
    frame: isMac,
    // macOS takes the icon of the application.
    ...(isMac ? { titleBarStyle: 'hiddenInset' as const } : { icon: options.iconPath }),
    webPreferences: webPreferences(options),
  });
  window.once('ready-to-show', () => {
    if (options.state.isMaximized) window.maximize();
    window.show();
  });
  endStuckWindow(window, options.log);
  return window;
}

export function showDocument(window: BrowserWindow): Promise<void> {
  return window.loadURL(APP_URL);
}
