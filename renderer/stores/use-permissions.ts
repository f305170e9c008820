import { offlineReason, readOnlyReason } from './permission-rules.ts';
import { useSession } from './session-store.ts';

/** Why nothing may be changed now, or null. */
export function useReadOnlyReason(): string | null {
  return useSession((state) => readOnlyReason(state.session));
}

/** Why nothing can be fetched now, or null. */
export function useOfflineReason(): string | null {
  return useSession((state) => offlineReason(state.session));
}
