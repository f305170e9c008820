import { ok } from '../../../../shared/lib/result.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ApiHandlers } from '../../../http/handler.ts';
import { listTokens } from './list-tokens.ts';
import { makeToken, revokeOwnToken } from './own-tokens.ts';

type TokenHandlers = Pick<ApiHandlers, 'listAccessTokens' | 'createAccessToken' | 'revokeAccessToken'>;

export function tokenHandlers(context: ServiceContext): TokenHandlers {
  return {
    listAccessTokens: async ({ caller }) => ok({ access_tokens: await listTokens(context.db, caller.userId) }),
    createAccessToken: ({ caller, body }) => makeToken(context, caller, body),
    revokeAccessToken: ({ caller, params }) => revokeOwnToken(context, caller, params.token_uuid),
  };
}
