import type { Session } from 'electron';
import type { Log } from '../../node/log.ts';
import { isAppUrl } from './app-origin.ts';

/** "Copy" beside a finding puts plain text on the clipboard; nothing is ever read from it. */
const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

type PermissionSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

/**
 * Threat: a page that should not be there asks for the camera, the microphone, the position, a device, the screen
 * (checklist 5). Requests, checks, devices and screen capture each have a handler of their own; all say no, but for
 * writing to the clipboard from our own top frame.
 */
export function denyPermissions(session: PermissionSession, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, respond, details) => {
    const isAllowed = ALLOWED.has(permission) && details.isMainFrame && isAppUrl(details.requestingUrl);
    if (!isAllowed) log.warn('permission denied', { permission });
    respond(isAllowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => ALLOWED.has(permission) && details.isMainFrame && isAppUrl(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, respond) => respond(null));
}
