import { eq } from 'drizzle-orm';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { memberships } from '../../../db/schema/memberships.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import type { Device } from '../devices.ts';
import { openSession, recordRefusedSignIn, type SignedIn } from '../sessions.ts';
import { isSetUp } from '../setup.ts';
import { applyGrants } from './apply-grants.ts';
import { findAccount } from './find-account.ts';
import { grantsOf } from './group-grants.ts';
import type { OidcSettings } from './oidc-settings.ts';
import type { AuthorizationAnswer, Provider } from './provider.ts';
import type { ProviderIdentity } from './provider-identity.ts';

export interface ProviderSignIn {
  readonly answer: AuthorizationAnswer;
  readonly device: Device;
}

export interface ProviderParts {
  readonly settings: OidcSettings;
  readonly provider: Provider;
}

/**
 * Exchanges the provider's answer for a session token, and gives the user what their groups give
 * now. Every refusal is recorded. Failures: `provider_unavailable`, `provider_refused`,
 * `provider_account_exists`, `provider_no_access`, `account_disabled`, `setup_required`.
 */
export async function signInWithProvider(
  context: ServiceContext,
  { settings, provider }: ProviderParts,
  { answer, device }: ProviderSignIn,
): ServiceResult<SignedIn> {
  const identity = await provider.identify(answer);
  if (!identity.ok) {
    const isRefusal = identity.failure.code === 'provider_refused';
    if (isRefusal) await recordRefusedSignIn(context, null, identity.failure.code);
    return identity;
  }
  const signedIn = await enter(context, settings, { identity: identity.value, device });
  if (!signedIn.ok) await recordRefusedSignIn(context, identity.value.email, signedIn.failure.code);
  return signedIn;
}

async function enter(
  context: ServiceContext,
  settings: OidcSettings,
  { identity, device }: { readonly identity: ProviderIdentity; readonly device: Device },
): ServiceResult<SignedIn> {
  const grants = grantsOf(identity.groups, settings.groupRoles);
  if (!grants.isAdmin && !(await isSetUp(context))) return fail(NOT_SET_UP);
  const entered = await inTransaction(context.db, async (tx): Promise<Result<SignedIn | null, ServiceFailure>> => {
    const found = await findAccount(tx, identity, settings.linksByEmail);
    if (!found.ok) return found;
    const { account, isNewcomer } = found.value;
    if (account.disabledAt !== null) return fail(DISABLED);
    const missing = await applyGrants(tx, account, grants);
    if (missing.length > 0)
      context.log.warn({ customers: missing }, 'OIDC_GROUP_ROLES names customers that do not exist');
    if (await hasAccess(tx, account.id)) return ok(await openSession(context, tx, { userId: account.id, device }));
    // Somebody new leaves no account behind. Somebody known has lost what the groups no longer give.
    return isNewcomer ? fail(NO_ACCESS) : ok(null);
  });
  if (!entered.ok) return entered;
  return entered.value === null ? fail(NO_ACCESS) : ok(entered.value);
}

async function hasAccess(tx: Transaction, userId: number): Promise<boolean> {
  const [row] = await tx
    .select({ isAdmin: users.isAdmin, membershipId: memberships.id })
    .from(users)
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .where(eq(users.id, userId))
    .limit(1);
  return row !== undefined && (row.isAdmin || row.membershipId !== null);
}

const NOT_SET_UP: ServiceFailure = {
  code: 'setup_required',
  detail: 'This server has no administrator yet, and your groups do not make you one.',
};

const DISABLED: ServiceFailure = { code: 'account_disabled', detail: 'This account has been disabled.' };

const NO_ACCESS: ServiceFailure = {
  code: 'provider_no_access',
  detail: 'The identity provider knows you, but none of your groups gives access to this server.',
};
