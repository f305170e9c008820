import type { Failure } from '../../../shared/contract/failure.ts';
import type { Comparison } from '../../../shared/gab/compare/comparison.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { failureOfCall } from '../notices/notices.ts';
import { referenceKey } from './comparison-rules.ts';
import type { ComparisonPair } from './comparison-sides.ts';

export type ComparisonReply =
  | { readonly ok: true; readonly value: Comparison }
  | { readonly ok: false; readonly failure: Failure };

/** Each comparison takes 10 KiB or so at most. */
const MAX_CACHED = 64;
/** Longest delay of an activation: the user asked for the activation, not for the comparison. */
const MAX_WAIT_MS = 3 * SECOND_MS;

const cache = new Map<string, Promise<ComparisonReply>>();

function keyOf({ from, to }: ComparisonPair): string {
  return `${referenceKey(from)} ${referenceKey(to)}`;
}

function addToCache(key: string, reply: Promise<ComparisonReply>): void {
  cache.set(key, reply);
  for (const oldest of cache.keys()) {
    if (cache.size <= MAX_CACHED) return;
    cache.delete(oldest);
  }
}

/** Results are cached, because the bytes behind a reference never change. Failures are not. */
export function loadComparison(pair: ComparisonPair): Promise<ComparisonReply> {
  const key = keyOf(pair);
  const cached = cache.get(key);
  if (cached) return cached;
  const reply: Promise<ComparisonReply> = getBridge().comparison.compare(pair);
  addToCache(key, reply);
  const forget = (): void => {
    if (cache.get(key) === reply) cache.delete(key);
  };
  reply.then(({ ok }) => ok || forget(), forget);
  return reply;
}

/** `failure` is null if the comparison has not come in time. */
export type TimelyReply =
  | { readonly ok: true; readonly value: Comparison }
  | { readonly ok: false; readonly failure: Failure | null };

/** Takes as long as it takes. A rejected call is a failure like any other. */
export function waitForComparison(pair: ComparisonPair): Promise<TimelyReply> {
  return loadComparison(pair).catch((error: unknown) => ({ ok: false, failure: failureOfCall(error) }));
}

/** Does not wait longer than a person who has asked for something else would. */
export async function loadComparisonInTime(pair: ComparisonPair): Promise<TimelyReply> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<TimelyReply>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, failure: null }), MAX_WAIT_MS);
  });
  return Promise.race([waitForComparison(pair), timeout]).finally(() => clearTimeout(timer));
}

/** After sign-out: the next user may not see the same bundles. */
export function clearComparisonCache(): void {
  cache.clear();
}
