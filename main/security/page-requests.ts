import type { Session } from 'electron';
import type { Log } from '../../node/log.ts';
import { isAppUrl } from './app-origin.ts';

/**
 * Content that the page, or the preview frame (which has no origin), created itself; it never
 * leaves the page.
 */
const OWN_CONTENT = /^(?:blob:app:\/\/gabinet\/|blob:null\/|data:image\/)/;

type RequestSession = Pick<Session, 'webRequest' | 'on'>;

/**
 * Threat: the page loads or sends something over the network despite its content policy (checklist
 * 1). The page never needs the network: only the main process talks to the server. Every request
 * outside our origin is canceled, and so is every download that the page starts: the application
 * does its own downloads, with its own checks.
 */
export function denyPageRequests(
  session: RequestSession,
  options: { readonly allowDevTools: boolean; readonly log: Log },
): void {
  session.webRequest.onBeforeRequest((details, respond) => {
    const isOwn = isAppUrl(details.url) || OWN_CONTENT.test(details.url);
    const isAllowed = isOwn || (options.allowDevTools && details.url.startsWith('devtools://'));
    if (!isAllowed) options.log.warn('A request of the page was denied', { to: details.url.slice(0, 200) });
    respond({ cancel: !isAllowed });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    options.log.warn('A download of the page was denied');
  });
}
