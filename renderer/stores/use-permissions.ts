import { offlineReason, readOnlyReason } from './permission-rules.ts';
import { useSession } from './session-store.ts';

export function useReadOnlyReason(): string | null {
  return useSession((state) => readOnlyReason(state.session));
}

export function useOfflineReason(): string | null {
  return useSession((state) => offlineReason(state.session));
}
