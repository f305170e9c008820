import { eq } from 'drizzle-orm';
import type { MeResponse } from '../../../shared/api/auth.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import { accountLinks } from '../../db/schema/sign-in.ts';
import { users } from '../../db/schema/users.ts';
import { inTransaction } from '../../db/transactions.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { revokeTokens } from './access-tokens/revoke-tokens.ts';
import { endLinks } from './links/issue-link.ts';
import { endOtherSessionsIn } from './own-sessions.ts';
import { checkNewPassword } from './password-policy.ts';
import { hashPassword, PASSWORDS_OFF } from './passwords.ts';
import { readMe } from './second-factor/read-me.ts';
import { confirmPassword } from './sign-in/confirm-password.ts';

/** Changes the caller's name, which others see from now on. */
export function renameSelf(context: ServiceContext, caller: Caller, name: string): Promise<MeResponse> {
  return context.db.transaction(async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, caller.userId));
    await recordAudit(tx, [
      { action: 'account.renamed', actor: caller.email, details: { from: caller.name, to: name } },
    ]);
    return readMe(context, tx, caller.userId);
  });
}

export interface PasswordChange {
  readonly current: string;
  readonly wanted: string;
  readonly endsOtherSessions: boolean;
}

/**
 * Changes the caller's password. Failures: `passwords_off`, `too_many_requests`, `wrong_password`,
 * `weak_password`.
 */
export async function changeOwnPassword(
  context: ServiceContext,
  caller: Caller,
  { current, wanted, endsOtherSessions }: PasswordChange,
): ServiceResult<null> {
  if (!context.allowsPasswords) return fail(PASSWORDS_OFF);
  const confirmed = await confirmPassword(context, caller, current);
  if (!confirmed.ok) return confirmed;
  const weakness = await checkNewPassword(wanted, caller.email);
  if (weakness) return fail(weakness);
  const passwordHash = await hashPassword(wanted);
  return inTransaction(context.db, async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, caller.userId));
    // An older link must not replace the new password.
    await endLinks(tx, eq(accountLinks.userId, caller.userId));
    await recordAudit(tx, [{ action: 'account.password_changed', actor: caller.email }]);
    if (endsOtherSessions) {
      await endOtherSessionsIn(tx, caller);
      await revokeTokens(tx, { userId: caller.userId });
    }
    return ok(null);
  });
}
