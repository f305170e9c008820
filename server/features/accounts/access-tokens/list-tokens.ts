import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { AccessTokenResponse } from '../../../../shared/api/access-tokens.ts';
import type { Queryable } from '../../../db/database.ts';
import { accessTokens } from '../../../db/schema/sign-in.ts';

/** The access tokens of a user that were not revoked, the newest first. */
export async function listTokens(db: Queryable, userId: number): Promise<AccessTokenResponse[]> {
  const rows = await db
    .select()
    .from(accessTokens)
    .where(and(eq(accessTokens.userId, userId), isNull(accessTokens.revokedAt)))
    .orderBy(desc(accessTokens.id));
  return rows.map(toTokenResponse);
}

/** How many tokens of the user can be used. */
export const countUsable = (db: Queryable, userId: number): Promise<number> =>
  db.$count(
    accessTokens,
    and(eq(accessTokens.userId, userId), isNull(accessTokens.revokedAt), sql`${accessTokens.expiresAt} > now()`),
  );

export function toTokenResponse(row: typeof accessTokens.$inferSelect): AccessTokenResponse {
  return {
    uuid: row.uuid,
    name: row.name,
    scopes: row.scopes,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}
