import type { PersonResponse } from '../../../../shared/api/people.ts';
import { ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceResult } from '../../../failures/service-failure.ts';
import type { AccountAction } from './account-actions.ts';
import { lockPerson } from './find-person.ts';
import { readPerson } from './person-responses.ts';

type Action = (tx: Transaction, action: AccountAction) => ServiceResult<null>;

/**
 * Does something to a person's account, if the caller may. Returns the person. Failures:
 * `not_found`, `forbidden`, and those of the action.
 */
export function actOnPerson(
  context: ServiceContext,
  caller: Caller,
  { uuid, action }: { readonly uuid: string; readonly action: Action },
): ServiceResult<PersonResponse> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockPerson(tx, caller, uuid);
    if (!found.ok) return found;
    const done = await action(tx, { actor: caller.email, account: found.value });
    return done.ok ? ok(await readPerson(tx, caller, found.value.id)) : done;
  });
}
