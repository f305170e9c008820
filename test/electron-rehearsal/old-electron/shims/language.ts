import { supply } from './supply.ts';

// What the JavaScript of Chromium 114, and the web's own functions in it and in Node 18, lack.

supply(Promise, 'withResolvers', <Value>() => {
  let resolve: (value: Value | PromiseLike<Value>) => void = () => undefined;
  let reject: (reason?: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onReason) => {
    resolve = onValue;
    reject = onReason;
  });
  return { promise, resolve, reject };
});

supply(Map, 'groupBy', <Key, Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => Key) => {
  const groups = new Map<Key, Item[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index);
    groups.set(key, [...(groups.get(key) ?? []), item]);
    index += 1;
  }
  return groups;
});

supply(URL, 'parse', (url: string | URL, base?: string | URL) => {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
});
supply(URL, 'canParse', (url: string | URL, base?: string | URL) => URL.parse(String(url), base) !== null);

supply(AbortSignal, 'any', (signals: Iterable<AbortSignal>) => {
  const either = new AbortController();
  for (const signal of signals) {
    const abort = () => either.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true, signal: either.signal });
  }
  return either.signal;
});
