import { and, asc, count, eq, exists, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { PersonResponse, personStates } from '../../../../shared/api/people.ts';
import { decideAccess } from '../../../../shared/domain/access-policy.ts';
import type { Caller } from '../../../access/caller.ts';
import type { Queryable } from '../../../db/database.ts';
import { memberships } from '../../../db/schema/memberships.ts';
import { externalIdentities, secondFactors } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import { containsText } from '../../../db/text-search.ts';
import { readMemberships } from '../users.ts';

/** The customers whose people the caller manages; null for all. */
function managedCustomers(caller: Caller): readonly number[] | null {
  if (caller.isAdmin) return null;
  const customers = new Set(caller.memberships.map(({ customer }) => customer));
  return [...customers].filter(
    (customer) => decideAccess(caller, 'manage-people', { customer, project: null }) === 'allow',
  );
}

function selectPeople(db: Queryable) {
  const confirmed = db
    .select({ one: sql`1` })
    .from(secondFactors)
    .where(and(eq(secondFactors.userId, users.id), isNotNull(secondFactors.confirmedAt)));
  const identities = db.select({ one: sql`1` }).from(externalIdentities).where(eq(externalIdentities.userId, users.id));
  return db
    .select({
      user: users,
      hasSecondFactor: sql<boolean>`${exists(confirmed)}`,
      canSignIn: sql<boolean>`${or(isNotNull(users.passwordHash), exists(identities))}`,
    })
    .from(users)
    .$dynamic();
}

type PersonRow = Awaited<ReturnType<typeof selectPeople>>[number];

/** One person as the caller sees it. Throws if there is none: the caller has just found it. */
export async function readPerson(db: Queryable, caller: Caller, userId: number): Promise<PersonResponse> {
  const [person] = await withMemberships(
    db,
    await selectPeople(db).where(eq(users.id, userId)),
    managedCustomers(caller),
  );
  if (!person) throw new Error(`User ${userId} vanished`);
  return person;
}

interface PeoplePage {
  readonly people: PersonResponse[];
  readonly total: number;
}

interface PeopleQuery {
  readonly limit: number;
  readonly offset: number;
}

/** One page of the people of a customer by name, those of single projects included. */
export function listPeopleOf(
  db: Queryable,
  caller: Caller,
  { customerId, ...query }: PeopleQuery & { readonly customerId: number },
): Promise<PeoplePage> {
  const members = db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.customerId, customerId));
  return listWhere(db, inArray(users.id, members), { ...query, customers: managedCustomers(caller) });
}

/** One page of all people by name, or of those whose name or e-mail address contains `q`. */
export function listEverybody(
  db: Queryable,
  { q, ...query }: PeopleQuery & { readonly q?: string | undefined },
): Promise<PeoplePage> {
  const where = q ? or(containsText(users.name, q), containsText(users.email, q)) : undefined;
  return listWhere(db, where, { ...query, customers: null });
}

async function listWhere(
  db: Queryable,
  where: SQL | undefined,
  { limit, offset, customers }: PeopleQuery & { readonly customers: readonly number[] | null },
): Promise<PeoplePage> {
  const rows = await selectPeople(db)
    .where(where)
    .orderBy(sql`lower(${users.name})`, asc(users.id))
    .limit(limit)
    .offset(offset);
  const [counted] = await db.select({ total: count() }).from(users).where(where);
  return { people: await withMemberships(db, rows, customers), total: counted?.total ?? 0 };
}

async function withMemberships(
  db: Queryable,
  rows: readonly PersonRow[],
  customers: readonly number[] | null,
): Promise<PersonResponse[]> {
  const ids = rows.map(({ user }) => user.id);
  const found = await readMemberships(db, ids, customers);
  return rows.map((row) => toPersonResponse(row, found.get(row.user.id) ?? []));
}

function toPersonResponse(row: PersonRow, own: PersonResponse['memberships']): PersonResponse {
  const { user } = row;
  return {
    id: user.id,
    uuid: user.uuid,
    email: user.email,
    name: user.name,
    is_admin: user.isAdmin,
    memberships: own,
    state: stateOf(row),
    has_second_factor: row.hasSecondFactor,
    created_at: user.createdAt.toISOString(),
    last_sign_in_at: user.lastSignInAt?.toISOString() ?? null,
  };
}

/** Invited people have neither chosen a password nor signed in through an identity provider. */
function stateOf({ user, canSignIn }: PersonRow): (typeof personStates)[number] {
  if (user.disabledAt !== null) return 'disabled';
  return canSignIn ? 'active' : 'invited';
}
