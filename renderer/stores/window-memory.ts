import type { z } from 'zod';

/** What this window remembers after a crash of the page or a reload, but not when it is closed. */
const PREFIX = 'gabinet.';

function storage(): Storage | null {
  // Does not exist in tests under Node, and some privacy settings refuse access.
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** The value that is remembered under this key; null if there is none, or if it is not valid. */
export function readOfWindow<Value>(key: string, schema: z.ZodType<Value>): Value | null {
  const parsed = schema.safeParse(parse(storage()?.getItem(PREFIX + key) ?? 'null'));
  return parsed.success ? parsed.data : null;
}

export function writeOfWindow(key: string, value: unknown): void {
  storage()?.setItem(PREFIX + key, JSON.stringify(value));
}

export function forgetOfWindow(key: string): void {
  storage()?.removeItem(PREFIX + key);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
