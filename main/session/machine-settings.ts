import type { SettingsView } from '../../shared/contract/settings.ts';
import type { SettingsStore } from './settings.ts';

/** What a person sets for this machine, whoever is signed in. */
export interface MachineSettings {
  get(): SettingsView;
  /** Holds at once; durable when it resolves. */
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
