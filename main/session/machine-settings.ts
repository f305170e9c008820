import type { SettingsView } from '../../shared/contract/settings.ts';
import type { SettingsStore } from './settings.ts';

/** Settings of this machine, independent of the account that is signed in. */
export interface MachineSettings {
  get(): SettingsView;
  /** Takes effect immediately; resolves when the settings are stored. */
  set(wanted: SettingsView): Promise<SettingsView>;
}

export function createMachineSettings(
  store: SettingsStore,
  onChange: (settings: SettingsView) => void,
): MachineSettings {
  const get = (): SettingsView => ({ uploadLimitBytesPerSecond: store.current.uploadLimitBytesPerSecond });
  return {
    get,
    set: async ({ uploadLimitBytesPerSecond }) => {
      const writing = store.change({ uploadLimitBytesPerSecond });
      onChange(get());
      await writing;
      return get();
    },
  };
}
