import { toFailure } from '../../node/api-client/api-failure.ts';
import { getMe } from '../../shared/api/auth.ts';
import { confirmSecondFactor, removeSecondFactor, startSecondFactor } from '../../shared/api/second-factor.ts';
import type { SecondFactorSecret, SignInSecurity } from '../../shared/contract/account.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { OwnAccountOptions } from './own-account.ts';

/** The second factor of the signed-in user. */
export interface SecondFactor {
  security(): Promise<Result<SignInSecurity, Failure>>;
  /** Nothing changes before it is confirmed. Failure: `wrong_password`. */
  start(password: string): Promise<Result<SecondFactorSecret, Failure>>;
  /** Switches it on. Returns the recovery codes, which nobody can read again. Failure: `wrong_code`. */
  confirm(code: string): Promise<Result<{ readonly recoveryCodes: string[] }, Failure>>;
  /** Failures: `wrong_password`, `wrong_code`. */
  remove(proof: { readonly password: string; readonly code: string }): Promise<Result<null, Failure>>;
}

export function createSecondFactor({ api, refresh }: OwnAccountOptions): SecondFactor {
  return {
    security: async () => {
      const me = await api.call(getMe, {});
      if (!me.ok) return fail(toFailure(me.failure));
      const { second_factor: factor, has_password: hasPassword } = me.value;
      const { is_on: isOn, is_required: isRequired, recovery_codes_left: recoveryCodesLeft } = factor;
      return ok({ isOn, isRequired, recoveryCodesLeft, hasPassword });
    },
    start: async (password) => {
      const started = await api.call(startSecondFactor, { body: { password } });
      return started.ok ? started : fail(toFailure(started.failure));
    },
    confirm: async (code) => {
      const confirmed = await api.call(confirmSecondFactor, { body: { code } });
      if (!confirmed.ok) return fail(toFailure(confirmed.failure));
      await refresh();
      return ok({ recoveryCodes: confirmed.value.recovery_codes });
    },
    remove: async (proof) => {
      const removed = await api.call(removeSecondFactor, { body: proof });
      if (!removed.ok) return fail(toFailure(removed.failure));
      await refresh();
      return ok(null);
    },
  };
}
