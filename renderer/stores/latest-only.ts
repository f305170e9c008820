/**
 * Reads that overlap answer in any order; only the answer to the latest call counts, the others answer null.
 * Without this an old list could replace a new one on screen.
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
