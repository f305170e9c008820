/** Choices about looks that belong to this machine, not to the library. Nothing secret is ever kept here. */
const PREFIX = 'gabinet.';

function storage(): Storage | null {
  // Absent in tests under Node, and refused by some privacy settings.
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** The remembered choice if it is still one of the allowed, else the fallback. */
export function readPreference<Choice extends string>(
  key: string,
  allowed: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = storage()?.getItem(PREFIX + key);
  return allowed.find((choice) => choice === value) ?? fallback;
}

export function writePreference(key: string, value: string): void {
  storage()?.setItem(PREFIX + key, value);
}
