import { eq, sql } from 'drizzle-orm';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Transaction } from '../../../db/database.ts';
import { accountLinks, recoveryCodes, secondFactors, sessions } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { type AuditEntry, recordAudit } from '../../../history/record-audit.ts';
import { revokeTokens } from '../access-tokens/revoke-tokens.ts';
import { endLinks } from '../links/issue-link.ts';
import { endSessions } from '../own-sessions.ts';
import { isRealAdmin } from '../setup.ts';
import type { Account } from './find-person.ts';

/**
 * Each action on an account is recorded, and doing it again changes nothing. `actor` is an e-mail
 * address; null for an operator at the command line.
 */
export interface AccountAction {
  readonly actor: string | null;
  readonly account: Account;
}

const LAST_ADMIN: ServiceFailure = {
  code: 'last_admin',
  detail: 'This is the only administrator who can sign in.',
};

/** Ends all sessions, access tokens and links, and refuses new ones. Failure: `last_admin`. */
export async function disableAccount(tx: Transaction, { actor, account }: AccountAction): ServiceResult<null> {
  if (account.isDisabled) return ok(null);
  if (account.isAdmin && !(await hasOtherAdmin(tx, account))) return fail(LAST_ADMIN);
  await tx.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, account.id));
  await endSessions(tx, eq(sessions.userId, account.id));
  await revokeTokens(tx, { userId: account.id });
  await endLinks(tx, eq(accountLinks.userId, account.id));
  await record(tx, 'account.disabled', { actor, account });
  return ok(null);
}

export async function enableAccount(tx: Transaction, { actor, account }: AccountAction): ServiceResult<null> {
  if (!account.isDisabled) return ok(null);
  await tx.update(users).set({ disabledAt: null }).where(eq(users.id, account.id));
  await record(tx, 'account.enabled', { actor, account });
  return ok(null);
}

/** Ends all sessions and access tokens. The person may sign in again. */
export async function signOutAccount(tx: Transaction, { actor, account }: AccountAction): ServiceResult<null> {
  const ended = await endSessions(tx, eq(sessions.userId, account.id));
  const tokens = await revokeTokens(tx, { userId: account.id });
  await record(tx, 'account.signed_out', { actor, account }, { ended, tokens });
  return ok(null);
}

/** Switches the second factor off, with its recovery codes. One that was never confirmed was not on. */
export async function removeSecondFactor(tx: Transaction, { actor, account }: AccountAction): ServiceResult<null> {
  const removed = await tx
    .delete(secondFactors)
    .where(eq(secondFactors.userId, account.id))
    .returning({ confirmedAt: secondFactors.confirmedAt });
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, account.id));
  if (removed.some(({ confirmedAt }) => confirmedAt !== null))
    await record(tx, 'account.second_factor_off', { actor, account });
  return ok(null);
}

/** Makes the person an administrator, or no longer one. Failure: `last_admin`. */
export async function changeAdmin(
  tx: Transaction,
  { actor, account }: AccountAction,
  isAdmin: boolean,
): ServiceResult<null> {
  if (account.isAdmin === isAdmin) return ok(null);
  if (!isAdmin && !(await hasOtherAdmin(tx, account))) return fail(LAST_ADMIN);
  // From now on a person decides it, until the identity provider makes them an administrator again.
  await tx.update(users).set({ isAdmin, isAdminFromProvider: false }).where(eq(users.id, account.id));
  await record(tx, isAdmin ? 'account.admin_granted' : 'account.admin_revoked', { actor, account });
  return ok(null);
}

/**
 * Replaces the password, which ends all sessions, access tokens and links. The caller has checked
 * it.
 */
export async function replacePassword(
  tx: Transaction,
  { actor, account }: AccountAction,
  passwordHash: string,
): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, account.id));
  await endSessions(tx, eq(sessions.userId, account.id));
  await revokeTokens(tx, { userId: account.id });
  await endLinks(tx, eq(accountLinks.userId, account.id));
  await record(tx, 'account.password_changed', { actor, account });
}

/**
 * Whether an administrator who can sign in remains without this account. If the account does not
 * count as one itself (a disabled or a demo account), nothing is lost without it.
 */
async function hasOtherAdmin(tx: Transaction, account: Account): Promise<boolean> {
  const admins = await tx.select({ id: users.id }).from(users).where(isRealAdmin());
  return admins.length > 1 || admins[0]?.id !== account.id;
}

async function record(
  tx: Transaction,
  action: AuditEntry['action'],
  { actor, account }: AccountAction,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordAudit(tx, [{ action, actor, details: { email: account.email, ...details } }]);
}
