import type { sessionChannels } from '../../shared/contract/session.ts';
import { DONE, type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function sessionHandlers(context: HandlerContext): HandlersOf<typeof sessionChannels> {
  const { session, providerSignIn } = context;
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
    'session.dismissRepair': () => withAccount(context, (_, account) => account.dismissRepair()),
    'session.revealDamagedFile': () =>
      withAccount(context, (_, account) => {
        const repair = account.repair();
        if (repair !== null) context.revealInFileManager(repair.damagedFile);
        return DONE;
      }),
    'session.signOut': () => session.signOut(),
  };
}
