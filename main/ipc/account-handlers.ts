import type { accountChannels } from '../../shared/contract/account.ts';
import { type HandlerContext, withAccount } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function accountHandlers(context: HandlerContext): HandlersOf<typeof accountChannels> {
  return {
    'account.rename': ({ name }) => withAccount(context, ({ ownAccount }) => ownAccount.rename(name)),
    'account.changePassword': (change) => withAccount(context, ({ ownAccount }) => ownAccount.changePassword(change)),
    'account.sessions': () => withAccount(context, ({ ownAccount }) => ownAccount.sessions()),
    'account.endSession': ({ sessionUuid }) =>
      withAccount(context, ({ ownAccount }) => ownAccount.endSession(sessionUuid)),
    'account.security': () => withAccount(context, ({ secondFactor }) => secondFactor.security()),
    'account.startSecondFactor': ({ password }) =>
      withAccount(context, ({ secondFactor }) => secondFactor.start(password)),
    'account.confirmSecondFactor': ({ code }) => withAccount(context, ({ secondFactor }) => secondFactor.confirm(code)),
    'account.removeSecondFactor': (proof) => withAccount(context, ({ secondFactor }) => secondFactor.remove(proof)),
    'account.saveRecoveryCodes': ({ codes }) => withAccount(context, (_, account) => account.saveRecoveryCodes(codes)),
    'account.endOtherSessions': () => withAccount(context, ({ ownAccount }) => ownAccount.endOtherSessions()),
  };
}
