import type { z } from 'zod';

/** Everything of ours begins with it. */
const PREFIX = 'gabinet.';

/**
 * What the browser keeps: `localStorage` on this computer, `sessionStorage` for this window, after a
 * crash of the page or a reload. Nothing secret is stored there.
 */
export class BrowserStorage {
  readonly #name: 'localStorage' | 'sessionStorage';

  constructor(name: 'localStorage' | 'sessionStorage') {
    this.#name = name;
  }

  read(key: string): string | null {
    return this.#storage?.getItem(PREFIX + key) ?? null;
  }

  /** The stored value; null if there is none, or if it does not fit. */
  readValue<Value>(key: string, schema: z.ZodType<Value>): Value | null {
    const parsed = schema.safeParse(parse(this.read(key) ?? 'null'));
    return parsed.success ? parsed.data : null;
  }

  /** Returns false if it is not kept: some 5 MB are full, or the browser refuses access. */
  write(key: string, text: string): boolean {
    const storage = this.#storage;
    if (storage === null) return false;
    try {
      storage.setItem(PREFIX + key, text);
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return false;
    }
  }

  /** As `write`. */
  writeValue(key: string, value: unknown): boolean {
    return this.write(key, JSON.stringify(value));
  }

  remove(key: string): void {
    this.#storage?.removeItem(PREFIX + key);
  }

  get #storage(): Storage | null {
    // Does not exist in tests under Node, and some privacy settings refuse access.
    try {
      return globalThis[this.#name] ?? null;
    } catch {
      return null;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const onThisComputer = new BrowserStorage('localStorage');
export const inThisWindow = new BrowserStorage('sessionStorage');
