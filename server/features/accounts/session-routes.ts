import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { changeOwnPassword, renameSelf } from './own-account.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions.ts';
import { readMe } from './second-factor/read-me.ts';
import { signOut } from './sessions.ts';
import { signIn } from './sign-in/sign-in.ts';

type SessionHandlers = Pick<
  ApiHandlers,
  | 'createSession'
  | 'deleteCurrentSession'
  | 'listSessions'
  | 'deleteSession'
  | 'deleteOtherSessions'
  | 'getMe'
  | 'renameMe'
  | 'changePassword'
>;

export function sessionHandlers(context: ServiceContext): SessionHandlers {
  return {
    createSession({ body: { email, password, code = null, device_name: name, device_token: token = null }, request }) {
      return signIn(context, { email, password, code, device: { name, token }, address: request.ip });
    },
    async deleteCurrentSession({ caller }) {
      await signOut(context, caller);
      return ok(null);
    },
    listSessions: async ({ caller }) => ok(await listOwnSessions(context, caller)),
    deleteSession: ({ caller, params }) => endOwnSession(context, caller, params.session_uuid),
    deleteOtherSessions: async ({ caller }) => ok({ ended: await endOtherSessions(context, caller) }),
    getMe: async ({ caller }) => ok(await readMe(context, context.db, caller.userId)),
    renameMe: async ({ caller, body }) => ok(await renameSelf(context, caller, body.name)),
    changePassword: ({ caller, body }) =>
      changeOwnPassword(context, caller, {
        current: body.current_password,
        wanted: body.new_password,
        endsOtherSessions: body.end_other_sessions,
      }),
  };
}
