export interface SignInLimits {
  /** Attempts per minute from one address for one e-mail address: guessing one user's password. */
  readonly perAccount: number;
  /** Attempts per minute from one address in total: trying one password on every account. */
  readonly perAddress: number;
}

/** Enough for a user who mistypes, hopeless for a program that guesses. */
export const DEFAULT_SIGN_INS_PER_MINUTE = 10;
/** Users in the same office may share one address. */
const ACCOUNTS_PER_ADDRESS = 6;

export function signInLimitsFor(perAccount: number): SignInLimits {
  return { perAccount, perAddress: perAccount * ACCOUNTS_PER_ADDRESS };
}
