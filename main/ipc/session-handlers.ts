import type { sessionChannels } from '../../shared/contract/session.ts';
import type { HandlerContext } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function sessionHandlers({ session }: HandlerContext): HandlersOf<typeof sessionChannels> {
  return {
    'session.get': () => session.state(),
    'session.probe': ({ serverUrl }) => session.probe(serverUrl),
    'session.signIn': (credentials) => session.signIn(credentials),
    'session.signOut': () => session.signOut(),
  };
}
