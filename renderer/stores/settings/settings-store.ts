import { create } from 'zustand';
import type { SettingsView } from '../../../shared/contract/settings.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { generalTexts } from '../general-texts.en.ts';
import { announce } from '../notices/announcements.ts';

interface SettingsSlice {
  /** Null until they are loaded. */
  readonly settings: SettingsView | null;
  readonly isOpen: boolean;
}

export const useSettings = create<SettingsSlice>(() => ({ settings: null, isOpen: false }));

export function applySettings(settings: SettingsView): void {
  useSettings.setState({ settings });
}

export async function loadSettings(): Promise<void> {
  applySettings(await getBridge().settings.get());
}

/** True where the system can notify of what happens while the window is not in use. */
export function hasNotifications(): boolean {
  return getBridge().shell === 'electron';
}

export function setSettingsOpen(isOpen: boolean): void {
  useSettings.setState({ isOpen });
}

export async function saveSettings(settings: SettingsView): Promise<void> {
  applySettings(await getBridge().settings.set(settings));
  announce(generalTexts.saved);
}
