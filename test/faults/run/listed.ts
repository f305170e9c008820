import type { Failure } from '../../../shared/contract/failure.ts';
import type { Result } from '../../../shared/lib/result.ts';

/** The items of a list; none for a client whose session has ended. */
export function listed<Item>(outcome: Result<readonly Item[], Failure>): readonly Item[] {
  if (outcome.ok) return outcome.value;
  if (outcome.failure.code === 'signed_out') return [];
  throw new Error(`A list failed: ${outcome.failure.code}`);
}
