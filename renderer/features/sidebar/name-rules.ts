import type { Failure } from '../../../shared/contract/failure.ts';
import { explainFailure, failureSentences } from '../../stores/failures/explain-failure.ts';

/** Beside the name, what to do about a taken one is plain. */
export function nameProblem(failure: Failure | null): string | null {
  if (failure === null) return null;
  return failure.code === 'project_name_taken' ? explainFailure(failure).detail : failureSentences(failure);
}
