/** Display preferences of this computer. Nothing secret is stored here. */
const PREFIX = 'gabinet.';

function storage(): Storage | null {
  // Does not exist in tests under Node, and some privacy settings refuse access.
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** The stored choice if it is still allowed, else the fallback. */
export function readPreference<Choice extends string>(
  key: string,
  allowed: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = storage()?.getItem(PREFIX + key);
  return allowed.find((choice) => choice === value) ?? fallback;
}

/** The stored text, whatever it is; null if nothing is stored. */
export function readText(key: string): string | null {
  return storage()?.getItem(PREFIX + key) ?? null;
}

export function writePreference(key: string, value: string): void {
  storage()?.setItem(PREFIX + key, value);
}
