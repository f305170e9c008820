import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';

/**
 * Threat: a page opens a window with weaker preferences, or passes the system an address that
 * starts another program (checklist 14, 15). No window is opened and nothing is passed to the
 * system's browser. The application has no external links, so it needs no list of allowed ones.
 */
export function denyNewWindows(contents: Pick<WebContents, 'setWindowOpenHandler'>, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('A new window was denied', { to: url });
    return { action: 'deny' };
  });
}
