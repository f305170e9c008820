import { create } from 'zustand';
import { readPreference, writePreference } from './preferences.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: readPreference('theme', themes, 'system') }));

/** The design tokens depend on this attribute; 'system' leaves the choice to the media query. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = useTheme.getState().theme;
}

export function setTheme(theme: Theme): void {
  useTheme.setState({ theme });
  writePreference('theme', theme);
  applyTheme();
}
