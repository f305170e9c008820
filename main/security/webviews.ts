import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';

/**
 * Threat: markup creates a `<webview>` with weaker preferences (checklist 11, 12). The preferences
 * disable the tag; if one is attached nevertheless, it is refused here.
 */
export function denyWebviews(contents: Pick<WebContents, 'on'>, log: Log): void {
  contents.on('will-attach-webview', (event, _preferences, parameters) => {
    event.preventDefault();
    log.warn('A webview was denied', { source: parameters.src });
  });
}
