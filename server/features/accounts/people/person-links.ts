import type { FastifyRequest } from 'fastify';
import type { IssuedLink } from '../../../../shared/api/people.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { deliverLink } from '../links/deliver-link.ts';
import { createLink } from '../links/issue-link.ts';
import { PASSWORDS_OFF } from '../passwords.ts';
import { type Account, lockPerson } from './find-person.ts';

const DISABLED: ServiceFailure = {
  code: 'account_disabled',
  detail: 'This account has been disabled.',
  hint: 'Enable the account first.',
};
const ALREADY_ACTIVE: ServiceFailure = {
  code: 'already_done',
  detail: 'This person has already used an invitation.',
  hint: 'Send a link to reset the password instead.',
};

export interface LinkWish {
  readonly kind: 'invitation' | 'reset';
  readonly uuid: string;
  readonly request: FastifyRequest;
}

/**
 * A new link for a person, if the caller may manage the account; earlier ones of the same kind stop
 * working. Failures: `not_found`, `forbidden`, `account_disabled`, `already_done` (an invitation for
 * somebody who has a password).
 */
export async function issuePersonLink(
  context: ServiceContext,
  caller: Caller,
  { kind, uuid, request }: LinkWish,
): ServiceResult<IssuedLink> {
  if (!context.allowsPasswords) return fail(PASSWORDS_OFF);
  const created = await inTransaction(context.db, async (tx) => {
    const found = await lockPerson(tx, caller, uuid);
    if (!found.ok) return found;
    const refusal = refusalOf(kind, found.value);
    if (refusal) return fail(refusal);
    const link = await createLink(tx, { kind, user: found.value, actor: caller.email });
    return ok({ ...link, email: found.value.email, actor: caller.email });
  });
  return created.ok ? ok(await deliverLink(context, request, { kind, ...created.value })) : created;
}

function refusalOf(kind: LinkWish['kind'], account: Account): ServiceFailure | null {
  if (account.isDisabled) return DISABLED;
  return kind === 'invitation' && account.hasPassword ? ALREADY_ACTIVE : null;
}
