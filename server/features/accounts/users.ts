import { and, asc, eq, inArray } from 'drizzle-orm';
import type { MembershipResponse, UserResponse } from '../../../shared/api/auth.ts';
import type { Queryable } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { memberships } from '../../db/schema/memberships.ts';
import { projects } from '../../db/schema/projects.ts';
import { users } from '../../db/schema/users.ts';

/** A user as the API returns it; null if there is none. */
export async function findUser(db: Queryable, userId: number): Promise<UserResponse | null> {
  const [row] = await db
    .select({ id: users.id, uuid: users.uuid, email: users.email, name: users.name, is_admin: users.isAdmin })
    .from(users)
    .where(eq(users.id, userId));
  if (!row) return null;
  return { ...row, memberships: (await readMemberships(db, [userId])).get(userId) ?? [] };
}

/**
 * The memberships of these users by user ID, ordered by customer and project name. `customerIds`
 * limits them to those customers; null for all.
 */
export async function readMemberships(
  db: Queryable,
  userIds: readonly number[],
  customerIds: readonly number[] | null = null,
): Promise<ReadonlyMap<number, MembershipResponse[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select({
      userId: memberships.userId,
      membership: {
        customer_uuid: customers.uuid,
        customer_name: customers.name,
        role: memberships.role,
        project_uuid: projects.uuid,
        project_name: projects.name,
      },
    })
    .from(memberships)
    .innerJoin(customers, eq(customers.id, memberships.customerId))
    .leftJoin(projects, eq(projects.id, memberships.projectId))
    .where(
      and(
        inArray(memberships.userId, [...userIds]),
        customerIds === null ? undefined : inArray(memberships.customerId, [...customerIds]),
      ),
    )
    .orderBy(asc(customers.name), asc(projects.name), asc(memberships.id));
  const found = Map.groupBy(rows, (row) => row.userId);
  return new Map([...found].map(([userId, own]) => [userId, own.map((row) => row.membership)]));
}

/**
 * E-mail addresses are compared in lower case, because users do not remember how they once typed
 * theirs.
 */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();
