import { eq, isNull, sql } from 'drizzle-orm';
import type { RouteResponse } from '../../../../shared/api/define-route.ts';
import type {
  confirmSecondFactor as confirmRoute,
  startSecondFactor as startRoute,
} from '../../../../shared/api/second-factor.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { secondFactors } from '../../../db/schema/sign-in.ts';
import { inTransaction } from '../../../db/transactions.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { beginConfirmation } from '../sign-in/attempts.ts';
import { confirmPassword } from '../sign-in/confirm-password.ts';
import { plainCode, WRONG_CODE } from './accept-code.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import { createSecret, secretAddress, stepOfCode } from './totp.ts';

const ALREADY_ON: ServiceFailure = {
  code: 'already_done',
  detail: 'The second factor is switched on already.',
  hint: 'Remove it first to set up another authenticator.',
};

/**
 * Makes a secret for the caller's authenticator; one that was not confirmed is replaced. Failures:
 * `too_many_requests`, `wrong_password`, `already_done`.
 */
export async function startSecondFactor(
  context: ServiceContext,
  caller: Caller,
  password: string,
): ServiceResult<RouteResponse<typeof startRoute>> {
  const confirmed = await confirmPassword(context, caller, password);
  if (!confirmed.ok) return confirmed;
  const secret = createSecret();
  const stored = await context.db
    .insert(secondFactors)
    .values({ userId: caller.userId, secret })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: { secret, createdAt: sql`now()`, lastStep: 0 },
      setWhere: isNull(secondFactors.confirmedAt),
    })
    .returning({ userId: secondFactors.userId });
  if (stored.length === 0) return fail(ALREADY_ON);
  return ok({ secret, address: secretAddress(secret, caller.email) });
}

/**
 * Switches the second factor on with a first code of the authenticator, and returns new recovery
 * codes. Failures: `too_many_requests`, `not_found` (not started), `already_done`, `wrong_code`.
 */
export async function confirmSecondFactor(
  context: ServiceContext,
  caller: Caller,
  typed: string,
): ServiceResult<RouteResponse<typeof confirmRoute>> {
  const attempt = await beginConfirmation(context, caller.userId, 'code');
  if (!attempt.ok) return attempt;
  const result = await inTransaction(context.db, (tx) => switchOn(tx, caller, plainCode(typed)));
  if (result.ok) await attempt.value.succeed();
  return result;
}

async function switchOn(
  tx: Transaction,
  { userId, email }: Caller,
  code: string,
): ServiceResult<RouteResponse<typeof confirmRoute>> {
  const isOwn = eq(secondFactors.userId, userId);
  const [factor] = await tx.select().from(secondFactors).where(isOwn).for('update');
  if (!factor) return fail(notFound('second factor'));
  if (factor.confirmedAt !== null) return fail(ALREADY_ON);
  const step = stepOfCode(factor.secret, code);
  if (step === null) return fail(WRONG_CODE);
  await tx.update(secondFactors).set({ confirmedAt: sql`now()`, lastStep: step }).where(isOwn);
  await recordAudit(tx, [{ action: 'account.second_factor_on', actor: email, details: { email } }]);
  return ok({ recovery_codes: [...(await replaceRecoveryCodes(tx, userId))] });
}
