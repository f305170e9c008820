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
  const get = (): SettingsView => {
    const { uploadLimitBytesPerSecond, notifications } = store.current;
    return { uploadLimitBytesPerSecond, notifications };
  };
  return {
    get,
    set: async (wanted) => {
      const writing = store.change(wanted);
      onChange(get());
      await writing;
      return get();
    },
  };
}
