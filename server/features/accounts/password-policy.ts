import { MIN_PASSWORD_CHARS } from '../../../shared/domain/account-fields.ts';
import type { ServiceFailure } from '../../failures/service-failure.ts';

/** A password that repeats something this short is no longer than that. */
const MAX_REPEATED_CHARS = 6;

let commonPasswords: Promise<ReadonlySet<string>> | null = null;

/** The 49,000 most common passwords, in lower case. Loaded when the first password is chosen. */
async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));
}

const weak = (detail: string): ServiceFailure => ({ code: 'weak_password', detail });

/**
 * Judges a new password for an account. Returns null if it is acceptable. The rules follow NIST SP
 * 800-63B: length and a list of known passwords, no demands for kinds of characters.
 */
export async function checkNewPassword(password: string, email: string): Promise<ServiceFailure | null> {
  const typed = password.toLowerCase();
  if (password.length < MIN_PASSWORD_CHARS)
    return weak(`The password has fewer than ${MIN_PASSWORD_CHARS} characters.`);
  if (typed === email || typed === email.split('@')[0]) return weak('The password is the e-mail address.');
  if (isRepetition(typed)) return weak('The password repeats a few characters.');
  commonPasswords ??= loadCommonPasswords();
  if ((await commonPasswords).has(typed)) return weak('The password is one of the most common ones.');
  return null;
}

function isRepetition(text: string): boolean {
  for (let chars = 1; chars <= MAX_REPEATED_CHARS; chars += 1) {
    if (
      text ===
      text
        .slice(0, chars)
        .repeat(Math.ceil(text.length / chars))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}
