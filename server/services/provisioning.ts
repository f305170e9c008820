import { and, eq } from 'drizzle-orm';
import type { UserRole } from '../../shared/api/auth.ts';
import { customers } from '../db/schema/customers.ts';
import { projects } from '../db/schema/projects.ts';
import { serverState } from '../db/schema/requests.ts';
import { users } from '../db/schema/users.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { hashPassword } from './passwords.ts';
import { normalizeEmail } from './users.ts';

/** Whether this installation was marked with `mark` before. */
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

/** Adds the customers that are not there yet, by slug. */
export async function ensureCustomers({ db }: ServiceContext, wanted: readonly NewCustomer[]): Promise<void> {
  await db
    .insert(customers)
    .values([...wanted])
    .onConflictDoNothing();
}

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  /** Slug; null for admins. */
  readonly customer: string | null;
}

/** Adds the accounts that are not there yet, by e-mail, all with one password: hashing it once is enough. */
export async function ensureAccounts(
  { db }: ServiceContext,
  wanted: readonly NewAccount[],
  password: string,
): Promise<void> {
  const known = await db.select({ id: customers.id, slug: customers.slug }).from(customers);
  const passwordHash = await hashPassword(password);
  const rows = wanted.map(({ email, name, role, customer }) => {
    const customerId = known.find(({ slug }) => slug === customer)?.id ?? null;
    return { email: normalizeEmail(email), name, role, passwordHash, customerId };
  });
  await db.insert(users).values(rows).onConflictDoNothing();
}

/** Acts as a user without a session: for what the server does in somebody's name. Throws where there is no such user. */
export async function actAs({ db }: ServiceContext, email: string): Promise<Caller> {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  if (!user) throw new Error(`There is no account ${email}`);
  const { id: userId, name, role, customerId } = user;
  return { userId, email, name, role, customerId, sessionId: 0 };
}

/** Throws where there is no such customer. */
export async function customerUuidOf({ db }: ServiceContext, slug: string): Promise<string> {
  const [customer] = await db.select({ uuid: customers.uuid }).from(customers).where(eq(customers.slug, slug));
  if (!customer) throw new Error(`There is no customer ${slug}`);
  return customer.uuid;
}

/** A project by its customer's slug and its own exact name; null where there is none. */
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
