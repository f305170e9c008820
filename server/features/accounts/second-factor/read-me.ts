import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { MeResponse } from '../../../../shared/api/auth.ts';
import type { ServiceContext } from '../../../context.ts';
import type { Queryable } from '../../../db/database.ts';
import { recoveryCodes, secondFactors } from '../../../db/schema/sign-in.ts';
import { users } from '../../../db/schema/users.ts';
import { findUser } from '../users.ts';
import { requiresSecondFactor } from './required-roles.ts';

/** Whether the user of the enclosing query has a second factor that is switched on. */
export const HAS_SECOND_FACTOR: SQL<boolean> = sql<boolean>`exists (
  select 1 from ${secondFactors}
  where ${secondFactors.userId} = ${users.id} and ${secondFactors.confirmedAt} is not null
)`;

/** A user as only the user may see it. Throws if there is no such user. */
export async function readMe(
  { secondFactorRoles, allowsPasswords }: Pick<ServiceContext, 'secondFactorRoles' | 'allowsPasswords'>,
  db: Queryable,
  userId: number,
): Promise<MeResponse> {
  const user = await findUser(db, userId);
  const [row] = await db
    .select({ hasPassword: isNotNull(users.passwordHash).mapWith(Boolean), isOn: HAS_SECOND_FACTOR })
    .from(users)
    .where(eq(users.id, userId));
  if (!user || !row) throw new Error(`User ${userId} vanished`);
  const { isOn } = row;
  const hasPassword = row.hasPassword && allowsPasswords;
  const subject = { isAdmin: user.is_admin, memberships: user.memberships, hasPassword };
  return {
    ...user,
    has_password: hasPassword,
    second_factor: {
      is_on: isOn,
      is_required: requiresSecondFactor(subject, secondFactorRoles),
      recovery_codes_left: await db.$count(
        recoveryCodes,
        and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)),
      ),
    },
  };
}
