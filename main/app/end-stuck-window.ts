import type { BrowserWindow } from 'electron';
import type { Log } from '../../node/log.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';

/** The page stores nothing when it closes; one that needs longer hangs or refuses. */
const CLOSE_LIMIT_MS = 3 * SECOND_MS;

type ClosableWindow = Pick<BrowserWindow, 'on' | 'once' | 'isDestroyed' | 'destroy'>;

/**
 * Destroys the window if it is asked to close and has not closed within 3 s. Threat: a page that
 * hangs, or a script in it that prevents closing, keeps the application open for ever.
 */
export function endStuckWindow(window: ClosableWindow, log: Log): void {
  let limit: NodeJS.Timeout | undefined;
  window.on('close', () => {
    limit ??= setTimeout(() => {
      if (window.isDestroyed()) return;
      log.warn('The page did not close, so its window was destroyed', { afterMs: CLOSE_LIMIT_MS });
      window.destroy();
    }, CLOSE_LIMIT_MS);
  });
  window.once('closed', () => clearTimeout(limit));
}
