import { toFailure } from '../../node/api-client/api-failure.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../../shared/api/access-tokens.ts';
import type { AccessTokenView } from '../../shared/contract/access-tokens.ts';
import type { InputOf } from '../../shared/contract/bridge.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { OwnAccountOptions } from './own-account.ts';

/** The access tokens of the signed-in user. No secret is kept here. */
export interface AccessTokens {
  list(): Promise<Result<AccessTokenView[], Failure>>;
  /** Returns the secret, which nobody can read again. Failure: `wrong_password`. */
  create(wish: InputOf<'accessTokens.create'>): Promise<Result<{ readonly secret: string }, Failure>>;
  /** Failure: `not_found` (it has been revoked already). */
  revoke(tokenUuid: string): Promise<Result<null, Failure>>;
}

export function createAccessTokens({ api }: Pick<OwnAccountOptions, 'api'>): AccessTokens {
  return {
    list: async () => {
      const listed = await api.call(listAccessTokens, {});
      if (!listed.ok) return fail(toFailure(listed.failure));
      return ok(
        listed.value.access_tokens.map((one) => ({
          uuid: one.uuid,
          name: one.name,
          scopes: one.scopes,
          createdAt: one.created_at,
          expiresAt: one.expires_at,
          lastUsedAt: one.last_used_at,
        })),
      );
    },
    create: async ({ name, scopes, expiresInDays, password }) => {
      const body = { name, scopes, expires_in_days: expiresInDays, ...(password !== undefined && { password }) };
      const created = await api.call(createAccessToken, { body });
      return created.ok ? ok({ secret: created.value.token }) : fail(toFailure(created.failure));
    },
    revoke: async (tokenUuid) => {
      const revoked = await api.call(revokeAccessToken, { params: { token_uuid: tokenUuid } });
      return revoked.ok ? ok(null) : fail(toFailure(revoked.failure));
    },
  };
}
