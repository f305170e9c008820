import type { SessionState } from '../../shared/contract/session.ts';
import { generalTexts } from './general-texts.en.ts';

/** Why nothing may be changed, in a sentence for people, or null if it may. Without a server changes are kept and wait. */
export function readOnlyReason(session: SessionState | null): string | null {
  return session?.user?.role === 'viewer' ? generalTexts.readOnly : null;
}

/** Why nothing can be fetched from the server right now (downloads, the audit list), or null if it can. */
export function offlineReason(session: SessionState | null): string | null {
  return session?.connection === 'offline' ? generalTexts.offline : null;
}
