import { and, eq, inArray } from 'drizzle-orm';
import type { CustomerRole } from '../../../shared/domain/access-policy.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { memberships } from '../../db/schema/memberships.ts';
import { projects } from '../../db/schema/projects.ts';
import { serverState } from '../../db/schema/requests.ts';
import { users } from '../../db/schema/users.ts';
import { hashPassword } from './passwords.ts';
import { normalizeEmail } from './users.ts';

/** Whether `setMark` was called with this mark on this installation. */
export async function isMarked({ db }: ServiceContext, mark: string): Promise<boolean> {
  const rows = await db.select({ key: serverState.key }).from(serverState).where(eq(serverState.key, mark));
  return rows.length > 0;
}

export async function setMark({ db }: ServiceContext, mark: string): Promise<void> {
  await db.insert(serverState).values({ key: mark, value: true }).onConflictDoNothing();
}

export interface NewCustomer {
  readonly slug: string;
  readonly name: string;
}

/** Adds the customers that do not exist yet, by slug. */
export async function ensureCustomers({ db }: ServiceContext, wanted: readonly NewCustomer[]): Promise<void> {
  await db
    .insert(customers)
    .values([...wanted])
    .onConflictDoNothing();
}

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  /** The customer's slug and the role there; null for administrators. */
  readonly membership: { readonly customer: string; readonly role: CustomerRole } | null;
}

/**
 * Adds the demo accounts that do not exist yet, by e-mail address. All get the same password, so
 * that it is hashed only once.
 */
export async function ensureDemoAccounts(
  { db }: ServiceContext,
  wanted: readonly NewAccount[],
  password: string,
): Promise<void> {
  const emails = wanted.map(({ email }) => normalizeEmail(email));
  const present = await db.select({ id: users.id }).from(users).where(inArray(users.email, emails));
  // Hashing takes longer than the rest of a later start with the demo.
  if (present.length === wanted.length) return;
  const passwordHash = await hashPassword(password);
  // All or none, so that accounts that are present are complete.
  await db.transaction(async (tx) => {
    for (const account of wanted) await addDemoAccount(tx, account, passwordHash);
  });
}

async function addDemoAccount(
  tx: Transaction,
  { email, name, membership }: NewAccount,
  passwordHash: string,
): Promise<void> {
  const account = { email: normalizeEmail(email), name, passwordHash, isAdmin: membership === null, isDemo: true };
  const [added] = await tx.insert(users).values(account).onConflictDoNothing().returning({ id: users.id });
  if (!added || !membership) return;
  const [customer] = await tx.select().from(customers).where(eq(customers.slug, membership.customer));
  if (!customer) throw new Error(`There is no customer ${membership.customer}`);
  await tx.insert(memberships).values({ userId: added.id, customerId: customer.id, role: membership.role });
}

/** The customer's UUID by its slug. Throws if there is no such customer. */
export async function customerUuidOf({ db }: ServiceContext, slug: string): Promise<string> {
  const [customer] = await db.select({ uuid: customers.uuid }).from(customers).where(eq(customers.slug, slug));
  if (!customer) throw new Error(`There is no customer ${slug}`);
  return customer.uuid;
}

/** The project's UUID by its customer's slug and its exact name; null if there is none. */
export async function projectUuidOf(
  { db }: ServiceContext,
  { customer, name }: { readonly customer: string; readonly name: string },
): Promise<string | null> {
  const [project] = await db
    .select({ uuid: projects.uuid })
    .from(projects)
    .innerJoin(customers, eq(customers.id, projects.customerId))
    .where(and(eq(customers.slug, customer), eq(projects.name, name)));
  return project?.uuid ?? null;
}
