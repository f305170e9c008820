import type { SessionState } from '../../shared/contract/session.ts';
import { generalTexts } from './general-texts.en.ts';

/**
 * Why this user may not change anything; null if changes are allowed. Changes are allowed offline.
 */
export function readOnlyReason(session: SessionState | null): string | null {
  return session?.user?.role === 'viewer' ? generalTexts.readOnly : null;
}

/**
 * Why nothing can be loaded from the server right now (downloads, the audit list); null if it can.
 */
export function offlineReason(session: SessionState | null): string | null {
  return session?.connection === 'offline' ? generalTexts.offline : null;
}
