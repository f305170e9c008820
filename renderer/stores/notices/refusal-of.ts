import { type Failure, isUnreached } from '../../../shared/contract/failure.ts';
import type { SessionState } from '../../../shared/contract/session.ts';

/** Why the server isn't reached, if a person must do something about it: not that a network is missing. */
export function refusalOf({ unreached }: Pick<SessionState, 'unreached'>): Failure | null {
  return unreached !== null && isUnreached(unreached.code) && unreached.code !== 'offline' ? unreached : null;
}
