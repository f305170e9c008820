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
  'account.endOtherSessions': { input: z.undefined(), output: outcomeOf(z.object({ ended: z.int() })) },
} as const;
