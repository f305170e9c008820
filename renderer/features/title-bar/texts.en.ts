import { sentence } from '../../../shared/lib/sentence.ts';
import type { Theme } from '../../stores/settings/theme-store.ts';

const themes: Readonly<Record<Theme, string>> = {
  system: 'System theme',
  light: 'Light theme',
  dark: 'Dark theme',
};

export const titleBarTexts = {
  product: 'Gabinet',
  palette: 'Search or run a command',
  paletteKeys: 'Ctrl K',

  syncStatus: 'Sync status',
  online: 'Up to date',
  syncing: 'Syncing',
  offline: (lastSynced: string) => sentence`Offline, last synced ${lastSynced}`,
  neverSynced: 'Offline, never synced',
  unreached: (reason: string) => sentence`Offline: ${reason}`,
  refresh: 'Refresh',

  account: 'Account',
  appearance: 'Appearance',
  themes,
  ownAccount: 'Your account',
  settings: 'Settings',
  signOut: 'Sign out',

  window: 'Window',
  help: 'Help',
  copyDiagnostics: 'Copy diagnostics',
  shortcuts: 'Keyboard shortcuts',
  showLog: 'Show log',

  minimize: 'Minimize',
  maximize: 'Maximize',
  restore: 'Restore',
  close: 'Close',
} as const;
