import { z } from 'zod';
import { MAX_PERSON_NAME_CHARS } from '../domain/account-fields.ts';
import { uuidSchema } from '../domain/ids.ts';
import { commandOutcome, outcomeOf } from './failure.ts';

/** Longer than any password that the server accepts; what it accepts, it decides. */
export const MAX_TYPED_PASSWORD_CHARS = 1024;

/** A sign-in of the user that has not ended. Times are ISO 8601. */
export const ownSessionSchema = z.object({
  uuid: uuidSchema,
  /** As the device describes itself; empty if it does not. */
  deviceName: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  /** The one of this application. */
  isCurrent: z.boolean(),
});
export type OwnSession = z.infer<typeof ownSessionSchema>;

export const signInSecuritySchema = z.object({
  /** Whether signing in needs a code of the second factor. */
  isOn: z.boolean(),
  /** Whether the server asks for it because of the user's role. */
  isRequired: z.boolean(),
  recoveryCodesLeft: z.int(),
  /** False if the user signs in only through an identity provider. */
  hasPassword: z.boolean(),
});
export type SignInSecurity = z.infer<typeof signInSecuritySchema>;

/** For an authenticator: as text (Base32), and as an `otpauth://` address for a QR code. */
export const secondFactorSecretSchema = z.object({ secret: z.string(), address: z.string() });
export type SecondFactorSecret = z.infer<typeof secondFactorSecretSchema>;

/** Longer than any code, with spaces. */
export const MAX_CODE_CHARS = 40;
const codeSchema = z.string().max(MAX_CODE_CHARS);
const recoveryCodesSchema = z.array(z.string().max(MAX_CODE_CHARS)).max(100);

const typedPasswordSchema = z.string().min(1).max(MAX_TYPED_PASSWORD_CHARS);

/** The signed-in user's own account. All of it needs the server and fails with `offline` without it. */
export const accountChannels = {
  'account.rename': {
    input: z.object({ name: z.string().trim().min(1).max(MAX_PERSON_NAME_CHARS) }),
    output: commandOutcome,
  },
  /** Fails with `wrong_password` or `weak_password`. */
  'account.changePassword': {
    input: z.object({
      current: typedPasswordSchema,
      wanted: typedPasswordSchema,
      endsOtherSessions: z.boolean(),
    }),
    output: commandOutcome,
  },
  /** The one used last first. */
  'account.sessions': { input: z.undefined(), output: outcomeOf(z.array(ownSessionSchema)) },
  'account.endSession': { input: z.object({ sessionUuid: uuidSchema }), output: commandOutcome },
  'account.security': { input: z.undefined(), output: outcomeOf(signInSecuritySchema) },
  'account.startSecondFactor': {
    input: z.object({ password: typedPasswordSchema }),
    output: outcomeOf(secondFactorSecretSchema),
  },
  /** The recovery codes cannot be read again. */
  'account.confirmSecondFactor': {
    input: z.object({ code: codeSchema }),
    output: outcomeOf(z.object({ recoveryCodes: recoveryCodesSchema })),
  },
  'account.removeSecondFactor': {
    input: z.object({ password: typedPasswordSchema, code: codeSchema }),
    output: commandOutcome,
  },
  /** Writes a new text file to the folder for downloads. */
  'account.saveRecoveryCodes': {
    input: z.object({ codes: recoveryCodesSchema }),
    output: outcomeOf(z.object({ path: z.string() })),
  },
  'account.endOtherSessions': { input: z.undefined(), output: outcomeOf(z.object({ ended: z.int() })) },
} as const;
