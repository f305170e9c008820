import { onThisComputer } from './browser-storage.ts';

// Display preferences of this computer.

/** The stored choice if it is still allowed, else the fallback. */
export function readPreference<Choice extends string>(
  key: string,
  allowed: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = onThisComputer.read(key);
  return allowed.find((choice) => choice === value) ?? fallback;
}

/** The stored text, whatever it is; null if nothing is stored. */
export function readText(key: string): string | null {
  return onThisComputer.read(key);
}

export function writePreference(key: string, value: string): void {
  onThisComputer.write(key, value);
}
