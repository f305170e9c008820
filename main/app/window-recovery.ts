import type { App, BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Log } from '../../node/log.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';

export interface RecoveryOptions {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly window: BrowserWindow;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly showLog: () => void;
  readonly log: Log;
  /** In milliseconds, monotonic: a clock that is set back must not make old crashes recent. */
  readonly now?: () => number;
}

/**
 * A page that crashes more often than this within a minute would crash again: people decide how to
 * continue. Twice may be a driver that restarts, or a preview that was open both times.
 */
const MAX_RELOADS_PER_MINUTE = 3;

/** The first button continues: it is the default, and what closing the box means. */
const BOX = { title: 'Gabinet', defaultId: 0, cancelId: 0, noLink: true } as const;

const CRASHING: MessageBoxOptions = {
  ...BOX,
  type: 'error',
  message: 'The window keeps crashing',
  detail: 'Uploads and downloads continue, and no change is lost. The log may say why.',
  buttons: ['Reload', 'Show log', 'Quit'],
};

const SHOW_LOG = 1;
const QUIT = 2;

const NOT_RESPONDING: MessageBoxOptions = {
  ...BOX,
  type: 'warning',
  message: 'The window is not responding',
  detail: 'Wait, or load it again. Uploads and downloads continue, and files in the upload sheet stay.',
  buttons: ['Wait', 'Reload'],
};

const WAIT = 0;

/**
 * Survives the end of Chromium's processes. A crashed page is loaded again and shows what was open:
 * everything but the place on the screen is in the main process. Chromium itself starts the process
 * for graphics again; that it ended is logged.
 */
export function recoverWindow(options: RecoveryOptions): void {
  reloadAfterCrash(options);
  askIfUnresponsive(options);
  logEndedProcesses(options);
}

function reloadAfterCrash({ app, window, dialog, showLog, log, now = () => performance.now() }: RecoveryOptions): void {
  const contents = window.webContents;
  let reloadedAtMs: readonly number[] = [];
  const reload = () => {
    if (window.isDestroyed()) return;
    reloadedAtMs = [...reloadedAtMs, now()];
    contents.reload();
  };
  const ask = async (): Promise<void> => {
    const { response } = await dialog.showMessageBox(window, CRASHING);
    if (response === QUIT) app.quit();
    else if (response === SHOW_LOG) {
      showLog();
      await ask();
    } else {
      reloadedAtMs = [];
      reload();
    }
  };
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('The process of the window ended', { reason, exitCode });
    if (reason === 'clean-exit') return;
    reloadedAtMs = reloadedAtMs.filter((atMs) => now() - atMs < MINUTE_MS);
    // Electron is still ending the process here; some of its releases crash if a page loads now.
    if (reloadedAtMs.length < MAX_RELOADS_PER_MINUTE) setImmediate(reload);
    else ask().catch(logNotShown(log));
  });
}

function askIfUnresponsive({ window, dialog, log }: RecoveryOptions): void {
  let asking: AbortController | null = null;
  const ask = async ({ signal }: AbortController): Promise<void> => {
    const { response } = await dialog.showMessageBox(window, { ...NOT_RESPONDING, signal });
    // The page is loaded again when its process is gone.
    if (response !== WAIT && !signal.aborted && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
  };
  window.on('unresponsive', () => {
    log.warn('The window does not respond');
    if (asking !== null) return;
    asking = new AbortController();
    ask(asking)
      .catch(logNotShown(log))
      .finally(() => {
        asking = null;
      });
  });
  window.on('responsive', () => {
    log.info('The window responds again');
    asking?.abort();
  });
}

function logNotShown(log: Log): (error: unknown) => void {
  return (error) => log.error('A dialog could not be shown', { reason: String(error) });
}

function logEndedProcesses({ app, log }: RecoveryOptions): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit') log.error('A process of Chromium ended', { type, reason, exitCode, name });
  });
}
