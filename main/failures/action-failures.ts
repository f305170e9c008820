import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';

/** `what`: what a viewer cannot do, as in "change anything". */
export function readOnly(what: string): Failure {
  return {
    code: 'forbidden',
    title: 'You may only look',
    detail: `Your account is a viewer’s: it cannot ${what}.`,
    hint: 'Ask your administrator for a designer’s account.',
  };
}

export const PROJECT_GONE: Failure = {
  code: 'not_found',
  title: 'There is no such project',
  detail: 'It was deleted meanwhile, or your account may not see it any more.',
};

export const IN_TRASH: Failure = {
  code: 'trashed',
  title: 'It is in the trash',
  detail: 'A version in the trash cannot be changed or made live.',
  hint: 'Restore it first.',
};

export const NOT_ACTIVATABLE: Failure = {
  code: 'not_activatable',
  title: 'This version cannot be live',
  detail: 'The file is stored, but it would not work as an avatar.',
  hint: 'The details list what was found in it.',
};

/** Nothing was kept, so nothing is shown: the disk must have room first. */
export const NOT_KEPT: Failure = {
  code: 'disk' satisfies ApplicationFailureCode,
  title: 'That could not be kept',
  detail: 'The library on this machine could not be written, so nothing was changed.',
  hint: 'Check that its disk is not full, then try again.',
};
