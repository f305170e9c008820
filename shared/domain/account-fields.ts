import { z } from 'zod';
import { lineSchema, trimmedLineSchema } from '../lib/text.ts';

/** Longest address that mail servers accept (RFC 5321, with the angle brackets taken off). */
export const MAX_EMAIL_CHARS = 254;
export const MAX_PERSON_NAME_CHARS = 80;
export const MAX_CUSTOMER_NAME_CHARS = 80;
/** NIST SP 800-63B counts length, not kinds of characters; 12 resist guessing at our sign-in rate. */
export const MIN_PASSWORD_CHARS = 12;
/** Hashing reads all of it, so it has an end. */
export const MAX_PASSWORD_CHARS = 256;

/** Links that set a password once: of the first administrator, an invited person, or one who forgot it. */
export const linkKinds = ['setup', 'invitation', 'reset'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** Compared in lower case, because users do not remember how they once typed theirs. */
export const emailSchema = trimmedLineSchema
  .toLowerCase()
  .max(MAX_EMAIL_CHARS, `must not be longer than ${MAX_EMAIL_CHARS} characters`)
  .regex(/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/, 'must be an e-mail address');

const nameOf = (maxChars: number) =>
  trimmedLineSchema.min(1, 'must not be empty').max(maxChars, `must not be longer than ${maxChars} characters`);

export const personNameSchema = nameOf(MAX_PERSON_NAME_CHARS);
export const customerNameSchema = nameOf(MAX_CUSTOMER_NAME_CHARS);

/** A short name for addresses and scripts: `aurora-studios`. */
export const customerSlugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens, at most 63');

/** Length only; what else makes a new password acceptable needs the account and a list. */
export const passwordSchema = lineSchema
  .min(MIN_PASSWORD_CHARS, `must have at least ${MIN_PASSWORD_CHARS} characters`)
  .max(MAX_PASSWORD_CHARS, `must have at most ${MAX_PASSWORD_CHARS} characters`);
