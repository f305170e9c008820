import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';
import { APP_URL, PREVIEW_FRAME_URL } from './app-origin.ts';

/**
 * Threat: a dropped file, a link or a script takes the window to another page, which would then sit behind our preload
 * (checklist 13), or a preview's frame to one that gets what it knows in its address. The window shows one document for its
 * whole life, its frames another one; only a reload of that document passes.
 */
export function denyNavigation(contents: Pick<WebContents, 'on'>, log: Log): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.url === (event.isMainFrame ? APP_URL : PREVIEW_FRAME_URL)) return;
    event.preventDefault();
    log.warn('navigation denied', { to: event.url });
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    log.warn('redirect denied', { to: event.url });
  });
}
