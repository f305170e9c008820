import type { Failure } from '../../../shared/contract/failure.ts';
import { MAX_PROJECT_NAME_CHARS } from '../../../shared/domain/limits.ts';
import { explainFailure, failureSentences } from '../../stores/failures/explain-failure.ts';
import { sidebarTexts } from './texts.en.ts';

/** Nobody needs to read about the limit of a short name. */
const HINT_FROM_CHARS = MAX_PROJECT_NAME_CHARS - 20;

/** How much of the limit is used, once it is near; before that, nothing. */
export function lengthHint(length: number): string {
  return length < HINT_FROM_CHARS ? '' : sidebarTexts.charactersUsed(length, MAX_PROJECT_NAME_CHARS);
}

/** Beside the name, what to do about a taken one is plain. */
export function nameProblem(failure: Failure | null): string | null {
  if (failure === null) return null;
  return failure.code === 'project_name_taken' ? explainFailure(failure).detail : failureSentences(failure);
}
