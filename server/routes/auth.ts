import { ok } from '../../shared/lib/result.ts';
import type { SignInGate } from '../plugins/sign-in-limit.ts';
import type { ServiceContext } from '../services/context.ts';
import { signIn, signOut } from '../services/sessions.ts';
import { findUser } from '../services/users.ts';
import type { ApiHandlers } from './handler.ts';

type AuthHandlers = Pick<ApiHandlers, 'createSession' | 'deleteCurrentSession' | 'getMe'>;

export function authHandlers(context: ServiceContext, signInGate: SignInGate): AuthHandlers {
  return {
    async createSession({ body, request, reply }) {
      const refusal = await signInGate(request, body.email);
      if (refusal) {
        reply.header('retry-after', String(refusal.retryAfterSeconds));
        return { ok: false, failure: refusal.failure };
      }
      return signIn(context, body);
    },
    async deleteCurrentSession({ caller }) {
      await signOut(context, caller);
      return ok(null);
    },
    async getMe({ caller }) {
      const user = await findUser(context.db, caller.userId);
      if (!user) throw new Error(`User ${caller.userId} vanished`);
      return ok(user);
    },
  };
}
