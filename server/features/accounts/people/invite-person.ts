import { eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type { RouteBody, RouteResponse } from '../../../../shared/api/define-route.ts';
import type { invitePerson as inviteRoute } from '../../../../shared/api/people.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { recordAudit } from '../../../history/record-audit.ts';
import { deliverLink } from '../links/deliver-link.ts';
import { createLink } from '../links/issue-link.ts';
import { findPlace, grantMembership } from './memberships.ts';
import { readPerson } from './person-responses.ts';

export interface Invitation {
  readonly wish: RouteBody<typeof inviteRoute>;
  readonly request: FastifyRequest;
}

const ALREADY_MEMBER: ServiceFailure = {
  code: 'already_done',
  detail: 'This person already has a role there.',
  hint: 'Change the role instead.',
};

/**
 * Gives a person a role. A person without an account gets one, and an invitation link if passwords
 * sign in here. An existing account keeps its name. Failures: `not_found` (customer, project), `forbidden`, `already_done`.
 */
export async function invitePerson(
  context: ServiceContext,
  caller: Caller,
  { wish, request }: Invitation,
): ServiceResult<RouteResponse<typeof inviteRoute>> {
  const done = await inTransaction(context.db, async (tx) => {
    const place = await findPlace(tx, caller, wish);
    if (!place.ok) return place;
    const account = await findOrCreateAccount(tx, { ...wish, actor: caller.email });
    const isGranted = await grantMembership(tx, {
      actor: caller.email,
      member: account,
      place: place.value,
      role: wish.role,
    });
    if (!isGranted) return fail(ALREADY_MEMBER);
    const link =
      account.isNew && context.allowsPasswords
        ? await createLink(tx, { kind: 'invitation', user: account, actor: caller.email })
        : null;
    return ok({ person: await readPerson(tx, caller, account.id), link });
  });
  if (!done.ok) return done;
  const { person, link } = done.value;
  if (link === null) return ok({ person, link });
  return ok({
    person,
    link: await deliverLink(context, request, {
      kind: 'invitation',
      email: person.email,
      actor: caller.email,
      ...link,
    }),
  });
}

export interface NewPersonAccount {
  readonly email: string;
  readonly name: string;
  readonly actor: string | null;
}

/** Finds the account with this e-mail address, or creates it, still without a password. */
export async function findOrCreateAccount(
  tx: Transaction,
  { email, name, actor }: NewPersonAccount,
): Promise<{ readonly id: number; readonly email: string; readonly isNew: boolean }> {
  const [created] = await tx.insert(users).values({ email, name }).onConflictDoNothing().returning({ id: users.id });
  if (created) {
    await recordAudit(tx, [{ action: 'account.created', actor, details: { email, name } }]);
    return { id: created.id, email, isNew: true };
  }
  const [existing] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (!existing) throw new Error(`The account ${email} vanished`);
  return { id: existing.id, email, isNew: false };
}
