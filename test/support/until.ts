import { vi } from 'vitest';

/**
 * Waits until `condition` returns a value without throwing. The limit is generous, because
 * machines may be slow.
 */
export function until<Value>(
  condition: () => Value | false | null | undefined | Promise<Value | false | null | undefined>,
): Promise<Value> {
  return vi.waitFor(
    async () => {
      const value = await condition();
      if (value === false || value === undefined || value === null) throw new Error(`Not yet: ${condition.toString()}`);
      return value;
    },
    { timeout: 30_000, interval: 20 },
  );
}
