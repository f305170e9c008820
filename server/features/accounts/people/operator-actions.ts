import { eq } from 'drizzle-orm';
import type { CustomerRole } from '../../../../shared/domain/access-policy.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Database, Transaction } from '../../../db/database.ts';
import { customers } from '../../../db/schema/customers.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { checkNewPassword } from '../password-policy.ts';
import { hashPassword } from '../passwords.ts';
import { lockSetup } from '../setup.ts';
import { type AccountAction, replacePassword } from './account-actions.ts';
import { lockAccount } from './find-person.ts';
import { grantMembership } from './memberships.ts';

// What an operator does at the command line of the server. It is recorded without an actor.

export interface OperatorAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Adds an administrator. Failures: `already_done` (the e-mail address has an account), `weak_password`. */
export async function createAdmin(db: Database, account: OperatorAccount): ServiceResult<null> {
  const hashed = await hashNewPassword(account);
  if (!hashed.ok) return hashed;
  return inTransaction(db, async (tx) => {
    // A setup link that is being used at this moment comes first.
    await lockSetup(tx);
    const added = await addAccount(tx, { ...account, passwordHash: hashed.value, isAdmin: true });
    if (!added.ok) return added;
    const details = { email: account.email };
    await recordAudit(tx, [{ action: 'account.admin_granted', actor: null, details }]);
    return ok(null);
  });
}

export interface OperatorMember extends OperatorAccount {
  /** The slug of the customer. */
  readonly customer: string;
  readonly role: CustomerRole;
}

/** Adds a person of a customer. Failures: `not_found` (customer), `already_done`, `weak_password`. */
export async function createMember(db: Database, account: OperatorMember): ServiceResult<null> {
  const hashed = await hashNewPassword(account);
  if (!hashed.ok) return hashed;
  return inTransaction(db, async (tx) => {
    const [customer] = await tx.select().from(customers).where(eq(customers.slug, account.customer));
    if (!customer) return fail({ code: 'not_found', detail: `There is no customer ${account.customer}.` });
    const added = await addAccount(tx, { ...account, passwordHash: hashed.value, isAdmin: false });
    if (!added.ok) return added;
    const member = { id: added.value, email: account.email };
    await grantMembership(tx, { actor: null, member, place: { customer, project: null }, role: account.role });
    return ok(null);
  });
}

/** Replaces a password, which ends all sessions. Failures: `not_found`, `weak_password`. */
export async function setPasswordOf(db: Database, account: Omit<OperatorAccount, 'name'>): ServiceResult<null> {
  const hashed = await hashNewPassword(account);
  if (!hashed.ok) return hashed;
  return actOnAccount(db, account.email, async (tx, action) => {
    await replacePassword(tx, action, hashed.value);
    return ok(null);
  });
}

/** Does something to the account with this e-mail address. Failures: `not_found`, those of the action. */
export function actOnAccount(
  db: Database,
  email: string,
  act: (tx: Transaction, action: AccountAction) => ServiceResult<null>,
): ServiceResult<null> {
  return inTransaction(db, async (tx) => {
    const found = await lockAccount(tx, email);
    return found.ok ? act(tx, { actor: null, account: found.value }) : found;
  });
}

async function hashNewPassword({ email, password }: Omit<OperatorAccount, 'name'>): ServiceResult<string> {
  const weakness = await checkNewPassword(password, email);
  return weakness ? fail(weakness) : ok(await hashPassword(password));
}

interface NewRow {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
}

async function addAccount(tx: Transaction, { email, name, passwordHash, isAdmin }: NewRow): ServiceResult<number> {
  const [created] = await tx
    .insert(users)
    .values({ email, name, passwordHash, isAdmin })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!created) return fail(taken(email));
  await recordAudit(tx, [{ action: 'account.created', actor: null, details: { email, name } }]);
  return ok(created.id);
}

const taken = (email: string): ServiceFailure => ({
  code: 'already_done',
  detail: `${email} has an account already.`,
  hint: 'Use reset-password for a new password. Roles are changed in the application.',
});
