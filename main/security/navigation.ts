import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';
import { APP_URL, PREVIEW_FRAME_URL } from './app-origin.ts';

/**
 * Threat: a dropped file, a link or a script navigates the window to another page, which would then
 * have our preload (checklist 13), or navigates the preview frame to an address that leaks what the
 * frame knows. The window only ever shows one document and its frames another one; only reloading
 * that document is allowed.
 */
export function denyNavigation(contents: Pick<WebContents, 'on'>, log: Log): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.url === (event.isMainFrame ? APP_URL : PREVIEW_FRAME_URL)) return;
    event.preventDefault();
    log.warn('A navigation was denied', { to: event.url });
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    log.warn('A redirect was denied', { to: event.url });
  });
}
