import { eq } from 'drizzle-orm';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import { recoveryCodes, secondFactors } from '../../../db/schema/sign-in.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { beginConfirmation } from '../sign-in/attempts.ts';
import { confirmPassword } from '../sign-in/confirm-password.ts';
import { acceptCode, hasSecondFactor, WRONG_CODE } from './accept-code.ts';

export interface SecondFactorProof {
  readonly password: string;
  /** Of the authenticator, or a recovery code. */
  readonly code: string;
}

/**
 * Switches the caller's second factor off. Failures: `too_many_requests`, `wrong_password`,
 * `already_done`, `wrong_code`.
 */
export async function removeOwnSecondFactor(
  context: ServiceContext,
  caller: Caller,
  { password, code }: SecondFactorProof,
): ServiceResult<null> {
  const confirmed = await confirmPassword(context, caller, password);
  if (!confirmed.ok) return confirmed;
  const { userId, email } = caller;
  if (!(await hasSecondFactor(context.db, userId))) {
    return fail({ code: 'already_done', detail: 'The second factor is not switched on.' });
  }
  const attempt = await beginConfirmation(context, userId, 'code');
  if (!attempt.ok) return attempt;
  const result = await inTransaction(context.db, async (tx) => {
    if (!(await acceptCode(tx, { id: userId, email }, code))) return fail(WRONG_CODE);
    await tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
    await recordAudit(tx, [{ action: 'account.second_factor_off', actor: email, details: { email } }]);
    return ok(null);
  });
  if (result.ok) await attempt.value.succeed();
  return result;
}
