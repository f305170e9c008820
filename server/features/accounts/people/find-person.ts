import { asc, eq, or, type SQL } from 'drizzle-orm';
import { decideOnPerson } from '../../../../shared/domain/access-policy.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { Queryable, Transaction } from '../../../db/database.ts';
import { memberships } from '../../../db/schema/memberships.ts';
import { users } from '../../../db/schema/users.ts';
import { forbidden, notFound, type ServiceFailure, type ServiceResult } from '../../../failures/service-failure.ts';
import { isRealAdmin } from '../setup.ts';

/** The account that somebody acts on. */
export interface Account {
  readonly id: number;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly hasPassword: boolean;
  readonly isDisabled: boolean;
}

/**
 * The person, if the caller may act on the account. Locks it, together with all administrators, so
 * that two of them cannot be removed at once. Failures: `not_found`, `forbidden`.
 */
export async function lockPerson(tx: Transaction, caller: Caller, uuid: string): ServiceResult<Account> {
  const row = await lockUser(tx, eq(users.uuid, uuid));
  if (!row) return fail(notFound('person'));
  const customers = await customersOf(tx, row.id);
  const decision = decideOnPerson(caller, 'manage-people', { isAdmin: row.isAdmin, customers });
  if (decision === 'not-found') return fail({ ...notFound('person'), isRefusedAccess: true });
  return decision === 'allow' ? ok(toAccount(row)) : fail(BEYOND_CALLER);
}

/** Like `lockPerson`, for an operator, who may act on everybody. Failure: `not_found`. */
export async function lockAccount(tx: Transaction, email: string): ServiceResult<Account> {
  const row = await lockUser(tx, eq(users.email, email));
  return row ? ok(toAccount(row)) : fail({ code: 'not_found', detail: `There is no account ${email}.` });
}

async function lockUser(tx: Transaction, where: SQL): Promise<typeof users.$inferSelect | undefined> {
  // In the order of their IDs, so that two transactions never wait for each other.
  await tx
    .select({ id: users.id })
    .from(users)
    .where(or(where, isRealAdmin()))
    .orderBy(asc(users.id))
    .for('no key update');
  const [row] = await tx.select().from(users).where(where);
  return row;
}

const BEYOND_CALLER: ServiceFailure = {
  ...forbidden('manage this person'),
  hint: 'Managers manage people who belong to their own customers only. Ask an administrator.',
};

async function customersOf(db: Queryable, userId: number): Promise<readonly number[]> {
  const rows = await db
    .selectDistinct({ id: memberships.customerId })
    .from(memberships)
    .where(eq(memberships.userId, userId));
  return rows.map(({ id }) => id);
}

const toAccount = (row: typeof users.$inferSelect): Account => ({
  id: row.id,
  email: row.email,
  isAdmin: row.isAdmin,
  hasPassword: row.passwordHash !== null,
  isDisabled: row.disabledAt !== null,
});
