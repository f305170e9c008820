import type { accessTokenChannels } from '../../shared/contract/access-tokens.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function accessTokenHandlers(context: HandlerContext): HandlersOf<typeof accessTokenChannels> {
  return {
    'accessTokens.list': () => withAccount(context, ({ accessTokens }) => accessTokens.list()),
    'accessTokens.create': (wish) => withAccount(context, ({ accessTokens }) => accessTokens.create(wish)),
    'accessTokens.revoke': ({ tokenUuid }) =>
      withAccount(context, ({ accessTokens }) => accessTokens.revoke(tokenUuid)),
  };
}
