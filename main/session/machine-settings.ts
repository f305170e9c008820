import type { Settings } from '../../shared/contract/settings.ts';
import type { SettingsStore } from './settings.ts';

/** What a person sets for this machine, whoever is signed in. */
export interface MachineSettings {
  get(): Settings;
  /** Holds at once; durable when it resolves. */
  set(wanted: Settings): Promise<Settings>;
}

export function createMachineSettings(store: SettingsStore, onChange: (settings: Settings) => void): MachineSettings {
  const get = (): Settings => ({ uploadLimitBytesPerSecond: store.current.uploadLimitBytesPerSecond });
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
