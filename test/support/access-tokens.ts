import type { Database } from '../../server/db/database.ts';
import { accessTokens } from '../../server/db/schema/sign-in.ts';
import { createToken, hashToken } from '../../server/features/accounts/tokens.ts';
import { TOKEN_PREFIX, type TokenScope } from '../../shared/domain/access-token.ts';
import { DAY_MS } from '../../shared/lib/durations.ts';

export interface NewToken {
  readonly userId: number;
  readonly scopes: readonly TokenScope[];
  readonly name?: string;
  /** Days from now; in the past if negative. */
  readonly days?: number;
}

/** Adds an access token directly to the database. Returns its secret. */
export async function addToken(db: Database, { userId, scopes, name = 'Build', days = 90 }: NewToken): Promise<string> {
  const token = TOKEN_PREFIX + createToken();
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  await db.insert(accessTokens).values({ userId, name, tokenHash: hashToken(token), scopes: [...scopes], expiresAt });
  return token;
}
