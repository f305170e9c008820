import { eq, lte, sql } from 'drizzle-orm';
import { actionsOfScopes, TOKEN_PREFIX } from '../../../../shared/domain/access-token.ts';
import { HOUR_MS } from '../../../../shared/lib/durations.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import { rateLimits } from '../../../db/schema/requests.ts';
import { accessTokens } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { mayCall, SIGNED_IN_COLUMNS, toCaller } from '../find-callers.ts';
import { TOUCH_AFTER_MS } from '../sessions.ts';
import { hashToken } from '../tokens.ts';

export const isAccessToken = (token: string): boolean => token.startsWith(TOKEN_PREFIX);

/** Why a token is refused, in the order in which the reasons are given. */
type Refusal = 'revoked' | 'expired' | 'account';

const REFUSALS: Readonly<Record<Refusal, string>> = {
  revoked: 'This access token has been revoked.',
  expired: 'This access token has expired.',
  account: 'The account of this access token cannot be used.',
};

/**
 * The user behind an access token, limited to its scopes. That a known token was refused is
 * recorded; one that never existed is not, because anybody could fill the audit trail with those.
 * Failure: `unauthenticated`.
 */
export async function findTokenCaller(context: ServiceContext, token: string): ServiceResult<Caller> {
  const [row] = await context.db
    .select({
      user: SIGNED_IN_COLUMNS,
      token: accessTokens,
      isRevoked: sql<boolean>`${accessTokens.revokedAt} is not null`,
      // The database's clock decides, so that server processes with different clocks agree.
      isExpired: sql<boolean>`${accessTokens.expiresAt} <= now()`,
      mayCall: sql<boolean>`${mayCall(context)}`,
    })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.userId))
    .where(eq(accessTokens.tokenHash, hashToken(token)));
  if (!row) return fail(unauthenticated('There is no such access token.'));
  const { id, name, lastUsedAt, scopes } = row.token;
  const refusal = refusalOf(row);
  if (refusal !== null) {
    await recordRefused(context, { id, name, email: row.user.email, reason: refusal });
    return fail(unauthenticated(REFUSALS[refusal]));
  }
  if (lastUsedAt === null || Date.now() - lastUsedAt.getTime() > TOUCH_AFTER_MS) await touch(context, id);
  const caller = toCaller(context, row.user, { kind: 'access-token', id });
  return ok({ ...caller, limitedTo: actionsOfScopes(scopes) });
}

interface TokenState {
  readonly isRevoked: boolean;
  readonly isExpired: boolean;
  readonly mayCall: boolean;
}

function refusalOf(state: TokenState): Refusal | null {
  if (state.isRevoked) return 'revoked';
  if (state.isExpired) return 'expired';
  return state.mayCall ? null : 'account';
}

async function touch({ db }: ServiceContext, id: number): Promise<void> {
  await db.update(accessTokens).set({ lastUsedAt: sql`now()` }).where(eq(accessTokens.id, id));
}

interface RefusedToken {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly reason: Refusal;
}

/** Once an hour for each token: a program that was forgotten may try every second. */
async function recordRefused({ db }: ServiceContext, { id, name, email, reason }: RefusedToken): Promise<void> {
  const windowEndsAt = sql`now() + ${HOUR_MS} * interval '1 millisecond'`;
  await db.transaction(async (tx) => {
    const first = await tx
      .insert(rateLimits)
      .values({ key: `refused access token ${id}`, attempts: 1, windowEndsAt })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: { windowEndsAt },
        setWhere: lte(rateLimits.windowEndsAt, sql`now()`),
      })
      .returning({ key: rateLimits.key });
    if (first.length === 0) return;
    await recordAudit(tx, [{ action: 'token.refused', actor: null, details: { token: name, email, reason } }]);
  });
}

const unauthenticated = (detail: string): ServiceFailure => ({
  code: 'unauthenticated',
  detail,
  hint: 'Make another access token in the application.',
});
