import { changeBlock, serverBlock } from './permission-rules.ts';
import { useSession } from './session-store.ts';

/** Why nothing may be changed now, or null. */
export function useChangeBlock(): string | null {
  return useSession((state) => changeBlock(state.session));
}

/** Why nothing can be fetched now, or null. */
export function useServerBlock(): string | null {
  return useSession((state) => serverBlock(state.session));
}
