import type { App, Dialog } from 'electron';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import type { FailedEnd } from './failed-end.ts';

export interface ErrorEndOptions {
  readonly app: Pick<App, 'once' | 'quit' | 'exit' | 'isReady'>;
  readonly dialog: Pick<Dialog, 'showMessageBoxSync'>;
  readonly showLog: () => void;
  /** Starts the program again when this process has ended. */
  readonly restart: () => void;
  readonly failedEnd: FailedEnd;
}

/** What stops in order takes less; something that an error has left half done may never stop. */
const STOP_LIMIT_MS = 10 * SECOND_MS;
const FAILED = 1;
const RESTART = 0;
const SHOW_LOG = 1;

/**
 * Ends the application after an error that nobody caught: in order if that is still possible. Then
 * a dialog says so, because a window that vanishes explains nothing.
 */
export function endAfterError({ app, dialog, showLog, restart, failedEnd }: ErrorEndOptions): void {
  let isEnding = false;
  const end = () => {
    // While the dialog is open, something else may give up waiting.
    if (isEnding) return;
    isEnding = true;
    clearTimeout(limit);
    if (app.isReady()) explain();
    app.exit(FAILED);
  };
  const explain = () => {
    let choice = ask();
    // Showing takes a while: a process that ends at once shows nothing.
    while (choice === SHOW_LOG) {
      showLog();
      choice = ask();
    }
    if (choice === RESTART) restart();
  };
  const ask = () =>
    dialog.showMessageBoxSync({
      type: 'error',
      title: 'Gabinet',
      message: 'Gabinet had to close',
      detail:
        'An error occurred that Gabinet did not expect. Changes, uploads and downloads continue at the next start.',
      buttons: ['Restart', 'Show log', 'Quit'],
      defaultId: RESTART,
      cancelId: 2,
      noLink: true,
    });
  const limit = setTimeout(end, STOP_LIMIT_MS);
  failedEnd.explainFirst(end);
  app.once('will-quit', (event) => {
    event.preventDefault();
    end();
  });
  app.quit();
}
