import { and, eq, isNull } from 'drizzle-orm';
import type { RouteBody } from '../../../../shared/api/define-route.ts';
import type {
  PersonResponse,
  removeMembership as removeRoute,
  setMembership as setRoute,
} from '../../../../shared/api/people.ts';
import type { CustomerRole } from '../../../../shared/domain/access-policy.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import type { Caller } from '../../../access/caller.ts';
import { findCustomer } from '../../../access/find-permitted.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Transaction } from '../../../db/database.ts';
import { memberships } from '../../../db/schema/memberships.ts';
import { projects } from '../../../db/schema/projects.ts';
import { users } from '../../../db/schema/users.ts';
import { inTransaction } from '../../../db/transactions.ts';
import { notFound, type ServiceResult } from '../../../failures/service-failure.ts';
import { type AuditEntry, recordAudit } from '../../../history/record-audit.ts';
import { readPerson } from './person-responses.ts';

/** A customer, or one project of it: where somebody has a role. */
export interface MembershipPlace {
  readonly customer: { readonly id: number; readonly uuid: string; readonly name: string };
  readonly project: { readonly id: number; readonly uuid: string; readonly name: string } | null;
}

/**
 * The place, if the caller manages the people of its customer. Failures: `not_found` (also for a
 * project of another customer, or in the trash), `forbidden`.
 */
export async function findPlace(
  tx: Transaction,
  caller: Caller,
  { customer_uuid, project_uuid }: { readonly customer_uuid: string; readonly project_uuid: string | null },
): ServiceResult<MembershipPlace> {
  const customer = await findCustomer(tx, { caller, action: 'manage-people', uuid: customer_uuid });
  if (!customer.ok) return customer;
  if (project_uuid === null) return ok({ customer: customer.value, project: null });
  const [project] = await tx
    .select({ id: projects.id, uuid: projects.uuid, name: projects.name })
    .from(projects)
    .where(
      and(eq(projects.uuid, project_uuid), eq(projects.customerId, customer.value.id), isNull(projects.deletedAt)),
    );
  return project ? ok({ customer: customer.value, project }) : fail(notFound('project'));
}

interface Member {
  readonly id: number;
  readonly email: string;
}

/**
 * Changes the role of a person of the customer, or gives the person one in another place of it.
 * Administrators may do so for everybody. Failures: `not_found`, `forbidden`.
 */
export function setMembership(
  context: ServiceContext,
  caller: Caller,
  { user_uuid, role, ...where }: RouteBody<typeof setRoute> & { readonly user_uuid: string },
): ServiceResult<PersonResponse> {
  return inTransaction(context.db, async (tx) => {
    const place = await findPlace(tx, caller, where);
    if (!place.ok) return place;
    const member = await lockMember(tx, caller, { uuid: user_uuid, place: place.value });
    if (member === null) return fail(notFound('person'));
    await putMembership(tx, { actor: caller.email, member, place: place.value, role });
    return ok(await readPerson(tx, caller, member.id));
  });
}

/** Takes the role in a place away. Failures: `not_found` (person or role), `forbidden`. */
export function removeMembership(
  context: ServiceContext,
  caller: Caller,
  { user_uuid, ...where }: RouteBody<typeof removeRoute> & { readonly user_uuid: string },
): ServiceResult<PersonResponse> {
  return inTransaction(context.db, async (tx) => {
    const found = await findPlace(tx, caller, where);
    if (!found.ok) return found;
    const place = found.value;
    const member = await lockMember(tx, caller, { uuid: user_uuid, place });
    if (member === null) return fail(notFound('person'));
    const [removed] = await tx.delete(memberships).where(isAt(member, place)).returning({ role: memberships.role });
    if (!removed) return fail(notFound('membership'));
    await recordAudit(tx, [entryOf('membership.removed', { actor: caller.email, member, place, role: removed.role })]);
    return ok(await readPerson(tx, caller, member.id));
  });
}

/** Locks the person. Null if there is none, or none whom the caller can know from this customer. */
async function lockMember(
  tx: Transaction,
  caller: Caller,
  { uuid, place }: { readonly uuid: string; readonly place: MembershipPlace },
): Promise<Member | null> {
  const [user] = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(eq(users.uuid, uuid))
    .for('no key update');
  if (!user || caller.isAdmin) return user ?? null;
  const [own] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, user.id), eq(memberships.customerId, place.customer.id)))
    .limit(1);
  return own ? user : null;
}

export interface MembershipChange {
  readonly actor: string | null;
  readonly member: Member;
  readonly place: MembershipPlace;
  readonly role: CustomerRole;
}

/** Gives the person this role in the place, whether it had another one there or none. */
async function putMembership(tx: Transaction, change: MembershipChange): Promise<void> {
  const { member, place, role } = change;
  const [existing] = await tx
    .select({ id: memberships.id, role: memberships.role, isFromProvider: memberships.isFromProvider })
    .from(memberships)
    .where(isAt(member, place));
  if (!existing) {
    await grantMembership(tx, change);
    return;
  }
  if (existing.role === role && !existing.isFromProvider) return;
  // From now on a person has given it, so the identity provider no longer changes it.
  await tx.update(memberships).set({ role, isFromProvider: false }).where(eq(memberships.id, existing.id));
  await recordAudit(tx, [entryOf('membership.changed', change, { from: existing.role })]);
}

/** Adds a membership. Returns false if the person already has one in this place. */
export async function grantMembership(tx: Transaction, change: MembershipChange): Promise<boolean> {
  const { member, place, role } = change;
  const [granted] = await tx
    .insert(memberships)
    .values({ userId: member.id, customerId: place.customer.id, projectId: place.project?.id ?? null, role })
    .onConflictDoNothing()
    .returning({ id: memberships.id });
  if (granted) await recordAudit(tx, [entryOf('membership.granted', change)]);
  return granted !== undefined;
}

const isAt = (member: Member, { customer, project }: MembershipPlace) =>
  and(
    eq(memberships.userId, member.id),
    eq(memberships.customerId, customer.id),
    project === null ? isNull(memberships.projectId) : eq(memberships.projectId, project.id),
  );

function entryOf(
  action: AuditEntry['action'],
  { actor, member, place, role }: MembershipChange,
  more: Readonly<Record<string, unknown>> = {},
): AuditEntry {
  const { customer, project } = place;
  const details = { email: member.email, role, customer: customer.name, project: project?.name ?? null, ...more };
  return { action, actor, customerUuid: customer.uuid, projectUuid: project?.uuid ?? null, details };
}
