import type { sessionChannels } from '../../shared/contract/session.ts';
import type { HandlerContext } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function sessionHandlers({ session, providerSignIn }: HandlerContext): HandlersOf<typeof sessionChannels> {
  return {
    'session.get': () => session.state(),
    'session.probe': ({ serverUrl }) => session.probe(serverUrl),
    'session.signIn': (credentials) => session.signIn(credentials),
    'session.startProviderSignIn': ({ serverUrl }) => providerSignIn.start(serverUrl),
    'session.finishProviderSignIn': () => providerSignIn.finish(),
    'session.cancelProviderSignIn': () => {
      providerSignIn.cancel();
      return null;
    },
    'session.readLink': (pasted) => session.readLink(pasted),
    'session.redeemLink': (form) => session.redeemLink(form),
    'session.signOut': () => session.signOut(),
  };
}
