import { Client } from 'pg';
import { type FaultSwitch, POINTS } from './fault-switch.ts';
import { die } from './strike-files.ts';

type Query = (this: unknown, ...values: unknown[]) => unknown;

/**
 * Puts the switch before every statement that the server sends to PostgreSQL, its background jobs
 * included.
 */
export function strikeQueries(faults: FaultSwitch): void {
  const prototype = Client.prototype as unknown as { query: Query };
  const real = prototype.query;
  prototype.query = function (...values) {
    const isCommit = /^\s*commit/i.test(textOf(values[0]));
    const effect = faults.strike(isCommit ? POINTS.queryCommit : POINTS.query);
    if (effect === 'kill-before') die();
    const answer = real.apply(this, values);
    if (effect === 'kill-after' && answer instanceof Promise) return answer.then(() => die());
    return answer;
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text = (query as { readonly text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : '';
}
