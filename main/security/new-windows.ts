import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';

/**
 * Threat: a page opens a window with weaker preferences, or hands an address to the system that starts another program
 * (checklist 14, 15). No window is opened and nothing is passed to the system's browser: the application has no outside
 * links, hence no list of allowed ones to keep right.
 */
export function denyNewWindows(contents: Pick<WebContents, 'setWindowOpenHandler'>, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('new window denied', { to: url });
    return { action: 'deny' };
  });
}
