import type { SessionState } from '../../shared/contract/session.ts';

export const VIEWER_REASON = 'You can look at everything here. Changing it takes a designer’s account.';
export const OFFLINE_REASON = 'This needs the server: Gabinet is offline.';

/** Why nothing may be changed, in a sentence for people, or null if it may. Without a server changes are kept and wait. */
export function readOnlyReason(session: SessionState | null): string | null {
  return session?.user?.role === 'viewer' ? VIEWER_REASON : null;
}

/** Why nothing can be fetched from the server right now (downloads, the audit list), or null if it can. */
export function offlineReason(session: SessionState | null): string | null {
  return session?.connection === 'offline' ? OFFLINE_REASON : null;
}
