import type { Failure } from '../../../shared/contract/failure.ts';
import { fieldSentences } from '../../stores/failures/explain-failure.ts';

/** A failure that belongs to no field; nothing if there is none. */
export function FormProblem({ failure }: { readonly failure: Failure | null }) {
  if (failure === null) return null;
  return (
    <p role="alert" className="rounded-md bg-problem-soft px-3 py-2 text-problem">
      {fieldSentences(failure)}
    </p>
  );
}
