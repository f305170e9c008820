import { eq } from 'drizzle-orm';
import type { UserResponse } from '../../../shared/api/auth.ts';
import type { Queryable } from '../../db/database.ts';
import { customers } from '../../db/schema/customers.ts';
import { users } from '../../db/schema/users.ts';

/** A user as the API returns it; null if there is none. */
export async function findUser(db: Queryable, userId: number): Promise<UserResponse | null> {
  const [row] = await db
    .select({
      id: users.id,
      uuid: users.uuid,
      email: users.email,
      name: users.name,
      role: users.role,
      customer_uuid: customers.uuid,
      customer_name: customers.name,
    })
    .from(users)
    .leftJoin(customers, eq(customers.id, users.customerId))
    .where(eq(users.id, userId));
  return row ?? null;
}

/**
 * E-mail addresses are compared in lower case, because users do not remember how they once typed
 * theirs.
 */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();
