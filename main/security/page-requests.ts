import type { Session } from 'electron';
import type { Log } from '../../node/log.ts';
import { isAppUrl } from './app-origin.ts';

/** Contents that the page, or the preview's frame (which has no origin), made itself; they never leave it. */
const OWN_CONTENT = /^(?:blob:app:\/\/gabinet\/|blob:null\/|data:image\/)/;

type RequestSession = Pick<Session, 'webRequest' | 'on'>;

/**
 * Threat: the page loads or sends something over the network in spite of its content policy (checklist 1). The page never
 * needs the network: the main process alone talks to the server. Everything but our own origin is cancelled, and so is
 * every download that the page starts: downloads are the application's, with its own checks.
 */
export function denyPageRequests(
  session: RequestSession,
  options: { readonly allowDevTools: boolean; readonly log: Log },
): void {
  session.webRequest.onBeforeRequest((details, respond) => {
    const isOwn = isAppUrl(details.url) || OWN_CONTENT.test(details.url);
    const isAllowed = isOwn || (options.allowDevTools && details.url.startsWith('devtools://'));
    if (!isAllowed) options.log.warn('request denied', { to: details.url.slice(0, 200) });
    respond({ cancel: !isAllowed });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    options.log.warn('page download denied');
  });
}
