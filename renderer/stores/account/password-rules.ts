import type { Failure, FailureCode } from '../../../shared/contract/failure.ts';
import { MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS } from '../../../shared/domain/account-fields.ts';
import { fieldSentences } from '../failures/explain-failure.ts';
import { passwordTexts } from './password-texts.en.ts';

/** What a new password needs, and how far this one is. */
export function passwordHelp(password: string): string {
  const { length } = password;
  if (length === 0 || length >= MIN_PASSWORD_CHARS) return passwordTexts.rule(MIN_PASSWORD_CHARS);
  return passwordTexts.tooShort(length, MIN_PASSWORD_CHARS);
}

/** Whether the length is right; whether it is too easy to guess, the server decides. */
export function isPasswordLongEnough(password: string): boolean {
  return password.length >= MIN_PASSWORD_CHARS && password.length <= MAX_PASSWORD_CHARS;
}

/** What is wrong with a new password that could not be stored; null if something else is wrong. */
export function newPasswordProblem(password: string, failure: Failure | null): string | null {
  if (password.length > MAX_PASSWORD_CHARS) return passwordTexts.tooLong(MAX_PASSWORD_CHARS);
  return problemOf(failure, 'weak_password');
}

/** The failure in words if it has this code, else null. */
export function problemOf(failure: Failure | null, code: FailureCode): string | null {
  return failure?.code === code ? fieldSentences(failure) : null;
}
