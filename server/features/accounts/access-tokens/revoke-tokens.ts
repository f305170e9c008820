import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/database.ts';
import { accessTokens } from '../../../db/schema/sign-in.ts';

export interface TokensToRevoke {
  readonly userId: number;
  /** Only this one; by default all. */
  readonly uuid?: string | undefined;
}

/**
 * Revokes access tokens of one user, which stop working with the next request. Returns their names.
 */
export async function revokeTokens(tx: Transaction, { userId, uuid }: TokensToRevoke): Promise<readonly string[]> {
  const revoked = await tx
    .update(accessTokens)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(accessTokens.userId, userId),
        uuid === undefined ? undefined : eq(accessTokens.uuid, uuid),
        isNull(accessTokens.revokedAt),
      ),
    )
    .returning({ name: accessTokens.name });
  return revoked.map(({ name }) => name);
}
