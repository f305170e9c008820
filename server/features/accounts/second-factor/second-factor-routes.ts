import type { ServiceContext } from '../../../context.ts';
import type { ApiHandlers } from '../../../http/handler.ts';
import { removeOwnSecondFactor } from './remove-second-factor.ts';
import { confirmSecondFactor, startSecondFactor } from './setup-second-factor.ts';

type SecondFactorHandlers = Pick<ApiHandlers, 'startSecondFactor' | 'confirmSecondFactor' | 'removeSecondFactor'>;

export function secondFactorHandlers(context: ServiceContext): SecondFactorHandlers {
  return {
    startSecondFactor: ({ caller, body }) => startSecondFactor(context, caller, body.password),
    confirmSecondFactor: ({ caller, body }) => confirmSecondFactor(context, caller, body.code),
    removeSecondFactor: ({ caller, body }) => removeOwnSecondFactor(context, caller, body),
  };
}
