import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { signIn, signOut } from './sessions.ts';
import type { SignInGate } from './sign-in-gate.ts';
import { findUser } from './users.ts';

type SessionHandlers = Pick<ApiHandlers, 'createSession' | 'deleteCurrentSession' | 'getMe'>;

export function sessionHandlers(context: ServiceContext, signInGate: SignInGate): SessionHandlers {
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
