import { useSyncExternalStore } from 'react';

/** Below this width, in CSS pixels, the sidebar shrinks to icons and the details pane slides in. */
const NARROW_BELOW_PX = 1024;
const query = `(width < ${NARROW_BELOW_PX}px)`;

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
