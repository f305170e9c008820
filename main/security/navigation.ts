import type { WebContents } from 'electron';
import type { Log } from '../application.ts';
import { APP_URL } from './app-origin.ts';

/**
 * Threat: a dropped file, a link or a script takes the window to another page, which would then sit behind our preload
 * (checklist 13). The window shows one document for its whole life; only a reload of that document passes.
 */
export function denyNavigation(contents: Pick<WebContents, 'on'>, log: Log): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && event.url === APP_URL) return;
    event.preventDefault();
    log.warn('navigation denied', { to: event.url });
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    log.warn('redirect denied', { to: event.url });
  });
}
