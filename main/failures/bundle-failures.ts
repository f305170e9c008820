import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';

/** A version that this machine's library does not have (any more). */
export const VERSION_GONE: Failure = {
  code: 'not_found',
  title: 'There is no such version',
  detail: 'It was removed from the library meanwhile.',
};

/** A file that does not wait in the upload sheet (any more). */
export const STAGE_GONE: Failure = {
  code: 'stage_gone' satisfies ApplicationFailureCode,
  title: 'This file is not here any more',
  detail: 'It was removed from the list, or is not checked yet.',
  hint: 'Drop it again.',
};
