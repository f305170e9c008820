// Runs in worker threads.

export function double(value: number): number {
  return value * 2;
}

export function fail(message: string): never {
  throw new Error(message);
}

export function wait(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 1000));
}

export function exhaustMemory(): number {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => index + kept.length));
}
