import type { listPersonsAccessTokens, revokePersonsAccessTokens } from '../../../../shared/api/access-tokens.ts';
import type { RouteResponse } from '../../../../shared/api/define-route.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import { inTransaction } from '../../../db/transactions.ts';
import { notFound, type ServiceResult } from '../../../failures/service-failure.ts';
import { lockPerson } from '../people/find-person.ts';
import { listTokens } from './list-tokens.ts';
import { recordRevoked } from './own-tokens.ts';
import { revokeTokens } from './revoke-tokens.ts';

/** The tokens of a person whose account the caller manages. Failures: `not_found`, `forbidden`. */
export function listTokensOf(
  context: ServiceContext,
  caller: Caller,
  userUuid: string,
): ServiceResult<RouteResponse<typeof listPersonsAccessTokens>> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockPerson(tx, caller, userUuid);
    return found.ok ? ok({ access_tokens: await listTokens(tx, found.value.id) }) : found;
  });
}

/**
 * Revokes a token, or all tokens, of a person whose account the caller manages. Failures:
 * `not_found` (also if the named token is not one of the person, or has been revoked), `forbidden`.
 */
export function revokeTokensOf(
  context: ServiceContext,
  caller: Caller,
  { userUuid, tokenUuid }: { readonly userUuid: string; readonly tokenUuid: string | undefined },
): ServiceResult<RouteResponse<typeof revokePersonsAccessTokens>> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockPerson(tx, caller, userUuid);
    if (!found.ok) return found;
    const { id, email } = found.value;
    const names = await revokeTokens(tx, { userId: id, uuid: tokenUuid });
    if (tokenUuid !== undefined && names.length === 0) return fail(notFound('access token'));
    await recordRevoked(tx, { actor: caller.email, email, names });
    return ok({ revoked: names.length });
  });
}
