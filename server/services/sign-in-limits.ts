export interface SignInLimits {
  /** Attempts per minute from one address for one e-mail: guessing one person's password. */
  readonly perAccount: number;
  /** Attempts per minute from one address in all: trying one password on everybody. */
  readonly perAddress: number;
}

/** Enough for a person who mistypes, hopeless for a program that guesses. */
export const DEFAULT_SIGN_INS_PER_MINUTE = 10;
/** People behind one office address share it. */
const ACCOUNTS_PER_ADDRESS = 6;

export function signInLimitsFor(perAccount: number): SignInLimits {
  return { perAccount, perAddress: perAccount * ACCOUNTS_PER_ADDRESS };
}
