import { and, eq, sql } from 'drizzle-orm';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Transaction } from '../../../db/database.ts';
import { externalIdentities } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import type { GrantedUser } from './apply-grants.ts';
import type { ProviderIdentity } from './provider-identity.ts';

export interface ProviderAccount extends GrantedUser {
  readonly disabledAt: Date | null;
}

const accountColumns = {
  id: users.id,
  email: users.email,
  isAdmin: users.isAdmin,
  isAdminFromProvider: users.isAdminFromProvider,
  disabledAt: users.disabledAt,
};

export interface FoundAccount {
  readonly account: ProviderAccount;
  /** The identity has just been added to the account, which may itself be new. */
  readonly isNewcomer: boolean;
}

/**
 * The account of this identity, locked until the transaction ends. Somebody new gets a new account,
 * or the local one with their e-mail address if `linksByEmail` is set and the provider has verified
 * the address. Failures: `provider_account_exists`, `provider_refused`.
 */
export async function findAccount(
  tx: Transaction,
  identity: ProviderIdentity,
  linksByEmail: boolean,
): ServiceResult<FoundAccount> {
  await lockIdentity(tx, identity);
  const { issuer, subject } = identity;
  const [linked] = await tx
    .select(accountColumns)
    .from(users)
    .innerJoin(externalIdentities, eq(externalIdentities.userId, users.id))
    .where(and(eq(externalIdentities.issuer, issuer), eq(externalIdentities.subject, subject)))
    .for('update', { of: users });
  if (linked) return ok({ account: linked, isNewcomer: false });
  const local = await localAccount(tx, identity, linksByEmail);
  if (!local.ok) return local;
  await tx.insert(externalIdentities).values({ userId: local.value.id, issuer, subject });
  return ok({ account: local.value, isNewcomer: true });
}

/** Two first sign-ins of one person at the same moment must not create two accounts. */
async function lockIdentity(tx: Transaction, { issuer, subject }: ProviderIdentity): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${issuer} ${subject}`}, 0))`);
}

async function localAccount(
  tx: Transaction,
  identity: ProviderIdentity,
  linksByEmail: boolean,
): ServiceResult<ProviderAccount> {
  const [existing] = await tx
    .select({ ...accountColumns, isDemo: users.isDemo })
    .from(users)
    .where(eq(users.email, identity.email))
    .for('update');
  if (!existing) return createAccount(tx, identity);
  const isLinked = linksByEmail && identity.isEmailVerified === true && !existing.isDemo;
  return isLinked ? ok(existing) : fail(accountExists(identity.email));
}

async function createAccount(
  tx: Transaction,
  { email, name, isEmailVerified }: ProviderIdentity,
): ServiceResult<ProviderAccount> {
  // The address names the account to everybody else, so nobody may claim one that is not theirs.
  if (isEmailVerified === false) return fail(UNVERIFIED);
  const [created] = await tx.insert(users).values({ email, name }).onConflictDoNothing().returning(accountColumns);
  // Somebody else got the address since it was looked for.
  if (!created) return fail(accountExists(email));
  await recordAudit(tx, [{ action: 'account.created', actor: null, details: { email, by: 'provider' } }]);
  return ok(created);
}

const UNVERIFIED: ServiceFailure = {
  code: 'provider_refused',
  detail: 'The identity provider has not verified your e-mail address.',
};

const accountExists = (email: string): ServiceFailure => ({
  code: 'provider_account_exists',
  detail: `There already is an account ${email} that does not belong to this identity.`,
});
