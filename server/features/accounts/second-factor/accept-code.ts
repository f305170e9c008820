import { and, eq, isNotNull, lt } from 'drizzle-orm';
import type { Queryable, Transaction } from '../../../db/database.ts';
import { secondFactors } from '../../../db/schema/sign-in.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { takeRecoveryCode } from './recovery-codes.ts';
import { stepOfCode } from './totp.ts';

export const WRONG_CODE: ServiceFailure = { code: 'wrong_code', detail: 'This code is wrong, too old, or was used.' };

const isOn = (userId: number) => and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt));

/** Whether the user has a second factor that is switched on. */
export async function hasSecondFactor(db: Queryable, userId: number): Promise<boolean> {
  const rows = await db.select({ userId: secondFactors.userId }).from(secondFactors).where(isOn(userId));
  return rows.length > 0;
}

/** A code as it was typed, without the spaces and hyphens that make it readable. */
export const plainCode = (typed: string): string => typed.replaceAll(/[\s-]/g, '');

/**
 * Checks a code of the user's authenticator, or a recovery code, and uses it: neither is accepted a
 * second time (RFC 6238, 5.2).
 */
export async function acceptCode(
  tx: Transaction,
  user: { readonly id: number; readonly email: string },
  typed: string,
): Promise<boolean> {
  const code = plainCode(typed);
  if (/^\d{6}$/.test(code)) return acceptAuthenticatorCode(tx, user.id, code);
  const isTaken = await takeRecoveryCode(tx, user.id, code);
  if (isTaken) await recordAudit(tx, [{ action: 'account.recovery_code_used', actor: user.email }]);
  return isTaken;
}

async function acceptAuthenticatorCode(tx: Transaction, userId: number, code: string): Promise<boolean> {
  const [factor] = await tx.select({ secret: secondFactors.secret }).from(secondFactors).where(isOn(userId));
  const step = factor ? stepOfCode(factor.secret, code) : null;
  if (step === null) return false;
  // Of several requests with one code, only one moves the step.
  const moved = await tx
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(isOn(userId), lt(secondFactors.lastStep, step)))
    .returning({ userId: secondFactors.userId });
  return moved.length > 0;
}
