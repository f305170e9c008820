import type { Session } from 'electron';
import type { Log } from '../../node/log.ts';
import { isAppUrl } from './app-origin.ts';

/** "Copy" next to a finding writes plain text to the clipboard. The clipboard is never read. */
const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

type PermissionSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

/**
 * Threat: a page that should not be there asks for the camera, the microphone, the location, a
 * device or the screen (checklist 5). Requests, checks, devices and screen capture each have a
 * separate handler. All refuse, except for writing to the clipboard from our own top frame.
 */
export function denyPermissions(session: PermissionSession, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, respond, details) => {
    const isAllowed = ALLOWED.has(permission) && details.isMainFrame && isAppUrl(details.requestingUrl);
    if (!isAllowed) log.warn('A permission was denied', { permission });
    respond(isAllowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => ALLOWED.has(permission) && details.isMainFrame && isAppUrl(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, respond) => respond(null));
}
