import type { Failure } from '../../shared/contract/failure.ts';
import type { Comparison } from '../../shared/gab/compare/comparison.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { getBridge } from '../bridge/bridge.ts';
import { referenceKey } from './comparison-rules.ts';
import type { ComparisonPair } from './comparison-sides.ts';

export type ComparisonReply =
  | { readonly ok: true; readonly value: Comparison }
  | { readonly ok: false; readonly failure: Failure };

/** Answers kept: some ten KiB each at most. */
const MAX_KEPT = 64;
/** A question before an activation is worth this wait, not more: going live is what was asked for. */
const MAX_WAIT_MS = 3 * SECOND_MS;

const kept = new Map<string, Promise<ComparisonReply>>();

function keyOf({ from, to }: ComparisonPair): string {
  return `${referenceKey(from)} ${referenceKey(to)}`;
}

function keep(key: string, answer: Promise<ComparisonReply>): void {
  kept.set(key, answer);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) return;
    kept.delete(oldest);
  }
}

/** A version's bytes never change and a staged file has an id of its own: an answer stays true. A failure is asked again. */
export function loadComparison(pair: ComparisonPair): Promise<ComparisonReply> {
  const key = keyOf(pair);
  const known = kept.get(key);
  if (known) return known;
  const answer: Promise<ComparisonReply> = getBridge().comparison.compare(pair);
  keep(key, answer);
  const forget = (): void => {
    if (kept.get(key) === answer) kept.delete(key);
  };
  answer.then((outcome) => outcome.ok || forget(), forget);
  return answer;
}

/** Null where it cannot be had now, or not soon: whoever asks on the way to something else goes on without it. */
export async function loadComparisonWithTimeout(pair: ComparisonPair): Promise<Comparison | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), MAX_WAIT_MS);
  });
  const answer = loadComparison(pair).then(
    (outcome) => (outcome.ok ? outcome.value : null),
    () => null,
  );
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

/** After sign-out: the next user may not see what this one could. */
export function clearComparisonCache(): void {
  kept.clear();
}
