import { eq } from 'drizzle-orm';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import { users } from '../../../db/schema/users.ts';
import type { ServiceResult } from '../../../failures/service-failure.ts';
import { verifyPassword } from '../passwords.ts';
import { beginConfirmation } from './attempts.ts';

/**
 * Confirms that the caller knows the account's password. Threat: somebody with a stolen session
 * guesses it. Failures: `too_many_requests`, `wrong_password`.
 */
export async function confirmPassword(context: ServiceContext, caller: Caller, password: string): ServiceResult<null> {
  const attempt = await beginConfirmation(context, caller.userId, 'password');
  if (!attempt.ok) return attempt;
  const [user] = await context.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, caller.userId));
  if (!(await verifyPassword(user?.passwordHash ?? null, password))) {
    return fail({ code: 'wrong_password', detail: 'The current password is not this one.' });
  }
  await attempt.value.succeed();
  return ok(null);
}
