import { useSyncExternalStore } from 'react';
import { DETAILS_PANE } from '../components/avatar-grid.ts';
import { openDetails } from '../stores/view/view-store.ts';

/** Below this width, in CSS pixels, the sidebar shrinks to icons and the details pane can be closed. */
const NARROW_BELOW_PX = 1024;
const query = `(width < ${NARROW_BELOW_PX}px)`;

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query);
  const change = (): void => {
    // Where people are working stays open.
    if (media.matches && document.activeElement?.closest(DETAILS_PANE)) openDetails();
    onChange();
  };
  media.addEventListener('change', change);
  return () => media.removeEventListener('change', change);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
