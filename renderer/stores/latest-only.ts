/**
 * Overlapping reads can finish in any order. Only the latest call resolves to its value, the others
 * to null, so that an old list never replaces a new one on the screen.
 */
export function latestOnly<Value>(read: () => Promise<Value>): () => Promise<Value | null> {
  let latest = 0;
  return async () => {
    latest += 1;
    const mine = latest;
    const value = await read();
    return mine === latest ? value : null;
  };
}
