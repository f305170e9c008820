import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/lib/durations.ts';
import type { SignInLimits } from '../../../context.ts';

/** Enough for a user who mistypes, hopeless for a program that guesses. */
const FREE_ATTEMPTS = 10;
/** Users in the same office may share one address. */
export const DEFAULT_SIGN_INS_PER_MINUTE = 60;

export const DEFAULT_SIGN_IN_LIMITS: SignInLimits = {
  perAccount: FREE_ATTEMPTS,
  perAddress: DEFAULT_SIGN_INS_PER_MINUTE,
};

/** The wait after the last free attempt: a pause for a person, a thirtieth of the speed before. */
export const FIRST_WAIT_MS = 30 * SECOND_MS;
/** Longer waits would help somebody who wants to keep the owner out, and slow guessing no further. */
export const LONGEST_WAIT_MS = 15 * MINUTE_MS;
/** Failed attempts are forgotten after this time without another: about 100 guesses a day remain. */
export const FORGET_AFTER_MS = DAY_MS;
/** The window in which attempts from one address are counted. */
export const ADDRESS_WINDOW_MS = MINUTE_MS;
