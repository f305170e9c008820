import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { changeOwnPassword, readMe, renameSelf } from './own-account.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions.ts';
import { signIn, signOut } from './sessions.ts';
import type { SignInGate } from './sign-in-gate.ts';

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

export function sessionHandlers(context: ServiceContext, signInGate: SignInGate): SessionHandlers {
  return {
    async createSession({ body, request, reply }) {
      const refusal = await signInGate(request, body.email);
      if (refusal) {
        reply.header('retry-after', String(refusal.retryAfterSeconds));
        return { ok: false, failure: refusal.failure };
      }
      const device = { name: body.device_name, token: body.device_token ?? null };
      return signIn(context, { email: body.email, password: body.password, device });
    },
    async deleteCurrentSession({ caller }) {
      await signOut(context, caller);
      return ok(null);
    },
    listSessions: async ({ caller }) => ok(await listOwnSessions(context, caller)),
    deleteSession: ({ caller, params }) => endOwnSession(context, caller, params.session_uuid),
    deleteOtherSessions: async ({ caller }) => ok({ ended: await endOtherSessions(context, caller) }),
    getMe: async ({ caller }) => ok(await readMe(context.db, caller)),
    renameMe: async ({ caller, body }) => ok(await renameSelf(context, caller, body.name)),
    changePassword: ({ caller, body }) =>
      changeOwnPassword(context, caller, {
        current: body.current_password,
        wanted: body.new_password,
        endsOtherSessions: body.end_other_sessions,
      }),
  };
}
