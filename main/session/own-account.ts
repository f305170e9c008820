import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { changePassword, deleteOtherSessions, deleteSession, listSessions, renameMe } from '../../shared/api/auth.ts';
import type { OwnSession } from '../../shared/contract/account.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';

export interface PasswordChange {
  readonly current: string;
  readonly wanted: string;
  readonly endsOtherSessions: boolean;
}

/** The signed-in user's own account on the server. Nothing is kept for later. */
export interface OwnAccount {
  /** Resolves when the new name is shown here, too. */
  rename(name: string): Promise<Result<null, Failure>>;
  /** Failures: `wrong_password`, `weak_password`. This sign-in stays. */
  changePassword(change: PasswordChange): Promise<Result<null, Failure>>;
  sessions(): Promise<Result<OwnSession[], Failure>>;
  /** Failure: `not_found` (it has ended already). */
  endSession(sessionUuid: string): Promise<Result<null, Failure>>;
  /** Returns how many there were. */
  endOtherSessions(): Promise<Result<{ readonly ended: number }, Failure>>;
}

export interface OwnAccountOptions {
  readonly api: ApiClient;
  /** Reads the account from the server again. */
  readonly refresh: () => Promise<void>;
}

export function createOwnAccount({ api, refresh }: OwnAccountOptions): OwnAccount {
  return {
    rename: async (name) => {
      const renamed = await api.call(renameMe, { body: { name } });
      if (renamed.ok) await refresh();
      return done(renamed);
    },
    changePassword: async ({ current, wanted, endsOtherSessions }) =>
      done(
        await api.call(changePassword, {
          body: { current_password: current, new_password: wanted, end_other_sessions: endsOtherSessions },
        }),
      ),
    sessions: async () => {
      const listed = await api.call(listSessions, {});
      if (!listed.ok) return fail(toFailure(listed.failure));
      return ok(
        listed.value.sessions.map((one) => ({
          uuid: one.uuid,
          deviceName: one.device_name,
          createdAt: one.created_at,
          lastUsedAt: one.last_used_at,
          isCurrent: one.is_current,
        })),
      );
    },
    endSession: async (sessionUuid) => done(await api.call(deleteSession, { params: { session_uuid: sessionUuid } })),
    endOtherSessions: async () => {
      const ended = await api.call(deleteOtherSessions, {});
      return ended.ok ? ended : fail(toFailure(ended.failure));
    },
  };
}

function done(result: Result<unknown, ApiFailure>): Result<null, Failure> {
  return result.ok ? ok(null) : fail(toFailure(result.failure));
}
