import { useSyncExternalStore } from 'react';

type ShownTheme = 'light' | 'dark';

const systemIsDark = '(prefers-color-scheme: dark)';

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(systemIsDark);
  const chosen = new MutationObserver(onChange);
  media.addEventListener('change', onChange);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    media.removeEventListener('change', onChange);
    chosen.disconnect();
  };
}

function read(): ShownTheme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia(systemIsDark).matches ? 'dark' : 'light';
}

/** The theme on the screen now, whether chosen or the system's. */
export function useShownTheme(): ShownTheme {
  return useSyncExternalStore(subscribe, read);
}
