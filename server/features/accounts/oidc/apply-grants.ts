import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/database.ts';
import { customers } from '../../../db/schema/customers.ts';
import { memberships } from '../../../db/schema/memberships.ts';
import { users } from '../../../db/schema/users.ts';
import { type AuditEntry, recordAudit } from '../../../history/record-audit.ts';
import { isRealAdmin } from '../setup.ts';
import type { GroupGrants } from './group-grants.ts';

/** The account that signs in with the provider. */
export interface GrantedUser {
  readonly id: number;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly isAdminFromProvider: boolean;
}

/**
 * Makes what the provider gave the user equal to what their groups give now. What a person has
 * given stays as it is, also where the groups would give something else. Returns the slugs of
 * customers that do not exist.
 */
export async function applyGrants(tx: Transaction, user: GrantedUser, grants: GroupGrants): Promise<string[]> {
  await applyAdmin(tx, user, grants.isAdmin);
  const slugs = [...grants.roles.keys()];
  const places = await tx
    .select({ id: customers.id, uuid: customers.uuid, slug: customers.slug })
    .from(customers)
    .where(inArray(customers.slug, slugs));
  await applyMemberships(tx, user, { grants, places });
  return slugs.filter((slug) => !places.some((place) => place.slug === slug));
}

async function applyAdmin(tx: Transaction, user: GrantedUser, isWanted: boolean): Promise<void> {
  if (isWanted === user.isAdmin || (!isWanted && !user.isAdminFromProvider)) return;
  if (!isWanted && (await isLastAdmin(tx, user.id))) return;
  await tx.update(users).set({ isAdmin: isWanted, isAdminFromProvider: isWanted }).where(eq(users.id, user.id));
  const action = isWanted ? 'account.admin_granted' : 'account.admin_revoked';
  await recordAudit(tx, [{ action, actor: null, details: byProvider(user) }]);
}

/** The last administrator stays one: without any, nobody could let the others back in. */
async function isLastAdmin(tx: Transaction, userId: number): Promise<boolean> {
  const admins = await tx.select({ id: users.id }).from(users).where(isRealAdmin()).orderBy(users.id).for('update');
  return admins.every(({ id }) => id === userId);
}

interface Place {
  readonly id: number;
  readonly uuid: string;
  readonly slug: string;
}

async function applyMemberships(
  tx: Transaction,
  user: GrantedUser,
  { grants, places }: { readonly grants: GroupGrants; readonly places: readonly Place[] },
): Promise<void> {
  const existing = await tx
    .select({ membership: memberships, customerUuid: customers.uuid })
    .from(memberships)
    .innerJoin(customers, eq(customers.id, memberships.customerId))
    .where(and(eq(memberships.userId, user.id), isNull(memberships.projectId)));
  const entries: AuditEntry[] = [];
  const note = (action: AuditEntry['action'], customerUuid: string, role: string) =>
    entries.push({ action, actor: null, customerUuid, details: { ...byProvider(user), role } });
  for (const { id, uuid, slug } of places) {
    const role = grants.roles.get(slug);
    const before = existing.find(({ membership }) => membership.customerId === id)?.membership;
    if (role === undefined || before?.role === role || before?.isFromProvider === false) continue;
    if (before) await tx.update(memberships).set({ role }).where(eq(memberships.id, before.id));
    else await tx.insert(memberships).values({ userId: user.id, customerId: id, role, isFromProvider: true });
    note(before ? 'membership.changed' : 'membership.granted', uuid, role);
  }
  for (const { membership, customerUuid } of existing) {
    if (!membership.isFromProvider || places.some(({ id }) => id === membership.customerId)) continue;
    await tx.delete(memberships).where(eq(memberships.id, membership.id));
    note('membership.removed', customerUuid, membership.role);
  }
  await recordAudit(tx, entries);
}

const byProvider = ({ email }: GrantedUser) => ({ email, by: 'provider' });
