import { app, type BrowserWindow, dialog } from 'electron';
import type { Log } from '../../node/log.ts';
import type { ResourcePaths } from '../platform/resource-paths.ts';
import { createMainWindow, showDocument } from './main-window.ts';
import { recoverWindow } from './window-recovery.ts';
import { keepWindowState, loadWindowState } from './window-state.ts';

export interface ShellWindowOptions {
  readonly paths: Pick<ResourcePaths, 'preloadPath' | 'windowIconPath'>;
  readonly showLog: () => void;
  readonly log: Log;
}

/** The window of the shell: opened once, and never again after it was closed. */
export class ShellWindow {
  readonly #options: ShellWindowOptions;
  #window: BrowserWindow | null = null;
  #placeKept: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: ShellWindowOptions) {
    this.#options = options;
  }

  /**
   * `connect` is called before the page loads. Nothing happens if the application has begun to quit.
   * Does not wait for the page: people may close the window, or its process may crash, while it
   * loads, and neither is an error of the start.
   */
  async open(connect: (window: BrowserWindow) => void): Promise<void> {
    const { paths, showLog, log } = this.#options;
    const userDataDir = app.getPath('userData');
    const state = await loadWindowState(userDataDir);
    if (this.#isClosed) return;
    const window = createMainWindow({
      preloadPath: paths.preloadPath,
      iconPath: paths.windowIconPath,
      isPackaged: app.isPackaged,
      state,
      log,
    });
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
    });
    recoverWindow({ app, window, dialog, log, showLog });
    this.#placeKept = keepWindowState(window, userDataDir, log);
    connect(window);
    showDocument(window).catch((error: unknown) => {
      log.warn('The page was not loaded', { reason: String(error) });
      // It is hidden until its first picture; what is asked about it must not be hidden, too.
      if (!window.isDestroyed()) window.show();
    });
  }

  /** Resolves when the window's place is stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#window?.close();
    await this.#placeKept;
  }

  bringToFront(): void {
    if (this.#window?.isMinimized()) this.#window.restore();
    this.#window?.focus();
  }
}
