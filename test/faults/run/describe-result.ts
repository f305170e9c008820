import type { SeedResult } from './run-seeds.ts';

/** What went wrong, how it came to it, and how to see it again. */
export function describeFailure({ seed, findings, trace }: SeedResult): string {
  return [
    `seed ${seed}: ${findings.length} finding(s)`,
    ...findings.map((what) => `  - ${what}`),
    'what happened:',
    trace,
    `To repeat it (the same steps and faults; their timing differs a little each time):`,
    `  npm run test:faults -- --seeds 1 --from ${seed} --trace`,
  ].join('\n');
}

/** Which faults struck how often, over all runs. */
export function describeStruck(results: readonly SeedResult[]): string {
  return [...sumStruck(results)].map(([fault, times]) => `  ${fault}: ${times}`).join('\n');
}

export function sumStruck(results: readonly SeedResult[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { struck } of results) {
    for (const [fault, times] of struck) sums.set(fault, (sums.get(fault) ?? 0) + times);
  }
  return new Map([...sums].sort(([one], [other]) => (one < other ? -1 : 1)));
}
