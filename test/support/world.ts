import { randomBytes } from 'node:crypto';
import type { Database } from '../../server/db/database.ts';
import { customers } from '../../server/db/schema/customers.ts';
import { memberships } from '../../server/db/schema/memberships.ts';
import { projects } from '../../server/db/schema/projects.ts';
import { sessions } from '../../server/db/schema/sign-in.ts';
import { users } from '../../server/db/schema/users.ts';
import { hashPassword } from '../../server/features/accounts/passwords.ts';
import { SESSION_LIFETIME_MS } from '../../server/features/accounts/sessions.ts';
import { hashToken } from '../../server/features/accounts/tokens.ts';
import type { CustomerRole } from '../../shared/domain/access-policy.ts';

/** The password of all users in tests. */
export const TEST_PASSWORD = 'correct horse battery staple';

export interface TestPerson {
  readonly id: number;
  readonly uuid: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** The token of an open session. */
  readonly token: string;
}

export interface TestProject {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
}

export interface TestWorld {
  readonly people: Readonly<Record<'dana' | 'viktor' | 'mira' | 'bo' | 'ada', TestPerson>>;
  readonly customers: Readonly<Record<'aurora' | 'borealis', { readonly id: number; readonly uuid: string }>>;
  /** `desk` and `kiosk` are Aurora's, `reception` is Borealis'. */
  readonly projects: Readonly<Record<'desk' | 'kiosk' | 'reception', TestProject>>;
}

let sharedHash: Promise<string> | null = null;

/** Adds two customers with their users and projects directly to the database. */
export async function populate(db: Database): Promise<TestWorld> {
  const aurora = await addCustomer(db, 'aurora', 'Aurora');
  const borealis = await addCustomer(db, 'borealis', 'Borealis');
  return {
    customers: { aurora, borealis },
    people: {
      dana: await addPerson(db, {
        name: 'Dana',
        email: 'dana@aurora.example',
        role: 'designer',
        customerId: aurora.id,
      }),
      viktor: await addPerson(db, {
        name: 'Viktor',
        email: 'viktor@aurora.example',
        role: 'viewer',
        customerId: aurora.id,
      }),
      mira: await addPerson(db, {
        name: 'Mira',
        email: 'mira@aurora.example',
        role: 'manager',
        customerId: aurora.id,
      }),
      bo: await addPerson(db, { name: 'Bo', email: 'bo@borealis.example', role: 'designer', customerId: borealis.id }),
      ada: await addPerson(db, { name: 'Ada', email: 'ada@gabinet.example', role: 'admin', customerId: null }),
    },
    projects: {
      desk: await addProject(db, aurora.id, 'Concierge desk'),
      kiosk: await addProject(db, aurora.id, 'Lobby kiosk'),
      reception: await addProject(db, borealis.id, 'Reception'),
    },
  };
}

async function addCustomer(db: Database, slug: string, name: string) {
  const [row] = await db.insert(customers).values({ slug, name }).returning();
  if (!row) throw new Error('no customer');
  return row;
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  /** `admin`: an administrator, who belongs to no customer. */
  readonly role: CustomerRole | 'admin';
  readonly customerId: number | null;
  /** Limits the membership to one project. */
  readonly projectId?: number;
}

/** Adds a user with an open session. */
export async function addPerson(
  db: Database,
  { email, name, role, customerId, projectId }: NewPerson,
): Promise<TestPerson> {
  sharedHash ??= hashPassword(TEST_PASSWORD);
  const [user] = await db
    .insert(users)
    .values({ email, name, isAdmin: role === 'admin', passwordHash: await sharedHash })
    .returning();
  if (!user) throw new Error('no user');
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + SESSION_LIFETIME_MS);
  await db.insert(sessions).values({ userId: user.id, tokenHash: hashToken(token), expiresAt });
  if (role !== 'admin' && customerId !== null) {
    await db.insert(memberships).values({ userId: user.id, customerId, role, projectId: projectId ?? null });
  }
  return { id: user.id, uuid: user.uuid, email, name, password: TEST_PASSWORD, token };
}

/** Adds a second designer to Dana's customer. */
export function addColleague(db: Database, customerId: number): Promise<TestPerson> {
  return addPerson(db, { name: 'Erik', email: 'erik@aurora.example', role: 'designer', customerId });
}

export async function addProject(db: Database, customerId: number, name: string): Promise<TestProject> {
  const [row] = await db.insert(projects).values({ customerId, name }).returning();
  if (!row) throw new Error('no project');
  return row;
}
