import type { WebContents } from 'electron';
import type { Log } from '../../node/log.ts';

/**
 * Threat: markup creates a `<webview>` with preferences of its own (checklist 11, 12). The tag is off in the preferences;
 * should one be attached all the same, it is refused here.
 */
export function denyWebviews(contents: Pick<WebContents, 'on'>, log: Log): void {
  contents.on('will-attach-webview', (event, _preferences, parameters) => {
    event.preventDefault();
    log.warn('webview denied', { source: parameters.src });
  });
}
