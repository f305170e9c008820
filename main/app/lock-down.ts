import type { App, Session } from 'electron';
import type { Log } from '../../node/log.ts';
import { keepCertificateErrors } from '../security/certificates.ts';
import { denyNavigation } from '../security/navigation.ts';
import { denyNewWindows } from '../security/new-windows.ts';
import { denyPageRequests } from '../security/page-requests.ts';
import { denyPeerConnections } from '../security/peer-connections.ts';
import { denyPermissions } from '../security/permissions.ts';
import { denyWebviews } from '../security/webviews.ts';

/**
 * Policies for all web contents, whatever creates them. They must be in place before the first
 * window is created.
 */
export function lockDownContents(app: Pick<App, 'on'>, log: Log): void {
  keepCertificateErrors(app, log);
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents, log);
    denyNewWindows(contents, log);
    denyWebviews(contents, log);
    denyPeerConnections(contents);
  });
}

/** Policies of a session. The default session is never used, but gets the same ones. */
export function lockDownSessions(
  sessions: readonly Session[],
  options: { readonly isPackaged: boolean; readonly log: Log },
): void {
  for (const session of sessions) {
    denyPermissions(session, options.log);
    denyPageRequests(session, { allowDevTools: !options.isPackaged, log: options.log });
    // The spell checker would download its dictionaries from Google.
    session.setSpellCheckerEnabled(false);
  }
}
