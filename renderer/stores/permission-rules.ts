import type { SessionState } from '../../shared/contract/session.ts';

export const VIEWER_REASON = 'You can look at everything here. Changing it takes a designer’s account.';
export const OFFLINE_REASON = 'This waits for the server: Gabinet is offline.';

/** Why nothing may be changed right now, in a sentence for people, or null if it may. */
export function changeBlock(session: SessionState | null): string | null {
  if (session?.user?.role === 'viewer') return VIEWER_REASON;
  return serverBlock(session);
}

/** Why nothing can be fetched from the server right now (downloads, the audit list), or null if it can. */
export function serverBlock(session: SessionState | null): string | null {
  return session?.connection === 'offline' ? OFFLINE_REASON : null;
}
