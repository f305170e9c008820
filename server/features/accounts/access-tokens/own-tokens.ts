import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { createAccessToken } from '../../../../shared/api/access-tokens.ts';
import type { RouteBody, RouteResponse } from '../../../../shared/api/define-route.ts';
import { MAX_TOKENS, TOKEN_PREFIX, tokenScopes } from '../../../../shared/domain/access-token.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { accessTokens } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import { notFound, type ServiceFailure, type ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { SECOND_FACTOR_SETUP_REQUIRED } from '../second-factor/required-roles.ts';
import { confirmPassword } from '../sign-in/confirm-password.ts';
import { createToken, hashToken } from '../tokens.ts';
import { countUsable, toTokenResponse } from './list-tokens.ts';
import { revokeTokens } from './revoke-tokens.ts';

type TokenWish = RouteBody<typeof createAccessToken>;

/**
 * Makes an access token of the caller; only its hash is stored. Threat: somebody with a stolen
 * session makes one that outlives it. So the password confirms it, and who lacks a required second
 * factor gets none. Failures: `second_factor_setup_required`, `wrong_password`,
 * `too_many_requests`.
 */
export async function makeToken(
  context: ServiceContext,
  caller: Caller,
  wish: TokenWish,
): ServiceResult<RouteResponse<typeof createAccessToken>> {
  if (caller.lacksSecondFactor) return fail(SECOND_FACTOR_SETUP_REQUIRED);
  const confirmed = await confirmMaking(context, caller, wish.password);
  if (!confirmed.ok) return confirmed;
  return inTransaction(context.db, async (tx) => {
    const user = await lockOwner(tx, caller);
    if (user.isDisabled) return fail({ code: 'account_disabled', detail: 'This account has been disabled.' });
    if ((await countUsable(tx, caller.userId)) >= MAX_TOKENS) return fail(TOO_MANY_TOKENS);
    const token = TOKEN_PREFIX + createToken();
    const [row] = await tx
      .insert(accessTokens)
      .values({
        userId: caller.userId,
        name: wish.name,
        tokenHash: hashToken(token),
        scopes: tokenScopes.filter((scope) => wish.scopes.includes(scope)),
        expiresAt: sql`now() + ${wish.expires_in_days} * interval '1 day'`,
      })
      .returning();
    if (!row) throw new Error('The new access token was not returned');
    const details = { token: row.name, scopes: row.scopes, expires_at: row.expiresAt.toISOString() };
    await recordAudit(tx, [{ action: 'token.created', actor: caller.email, details }]);
    return ok({ token, access_token: toTokenResponse(row) });
  });
}

/** Revokes one of the caller's tokens. Failure: `not_found`, also for other people's tokens. */
export function revokeOwnToken(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<null> {
  return inTransaction(context.db, async (tx) => {
    const names = await revokeTokens(tx, { userId: caller.userId, uuid });
    if (names.length === 0) return fail(notFound('access token'));
    await recordRevoked(tx, { actor: caller.email, email: caller.email, names });
    return ok(null);
  });
}

export async function recordRevoked(
  tx: Transaction,
  { actor, email, names }: { readonly actor: string; readonly email: string; readonly names: readonly string[] },
): Promise<void> {
  await recordAudit(
    tx,
    names.map((token) => ({ action: 'token.revoked', actor, details: { token, email } })),
  );
}

/** People who sign in with an identity provider have no password that could confirm it. */
async function confirmMaking(context: ServiceContext, caller: Caller, password = ''): ServiceResult<null> {
  if (!context.allowsPasswords) return ok(null);
  const withPassword = await context.db.$count(users, and(eq(users.id, caller.userId), isNotNull(users.passwordHash)));
  return withPassword > 0 ? confirmPassword(context, caller, password) : ok(null);
}

/** Until the transaction ends nobody else makes a token of this user, or disables the account. */
async function lockOwner(tx: Transaction, { userId }: Caller): Promise<{ readonly isDisabled: boolean }> {
  const [row] = await tx
    .select({ disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update');
  return { isDisabled: !row || row.disabledAt !== null };
}

const TOO_MANY_TOKENS: ServiceFailure = {
  code: 'too_many_requests',
  detail: `You already have ${MAX_TOKENS} access tokens.`,
  hint: 'Revoke those that are no longer used.',
};
