import { and, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { AccessSubject, Membership } from '../../../shared/domain/access-policy.ts';
import type { Caller, Credential } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import type { Queryable } from '../../db/database.ts';
import { memberships } from '../../db/schema/memberships.ts';
import { sessions } from '../../db/schema/sign-in.ts';
import { users } from '../../db/schema/users.ts';
import { HAS_SECOND_FACTOR } from './second-factor/read-me.ts';
import { requiresSecondFactor } from './second-factor/required-roles.ts';

/** The memberships of the user in the enclosing query, as JSON in the form of the access policy. */
const OWN_MEMBERSHIPS = sql<Membership<number>[]>`coalesce((
  select json_agg(json_build_object(
    'customer', ${memberships.customerId}, 'role', ${memberships.role}, 'project', ${memberships.projectId}
  ) order by ${memberships.id})
  from ${memberships} where ${memberships.userId} = ${users.id}
), '[]'::json)`;

const USER_COLUMNS = {
  userId: users.id,
  email: users.email,
  name: users.name,
  isAdmin: users.isAdmin,
  memberships: OWN_MEMBERSHIPS,
};

/** The same, and whether the user has a password and a second factor. */
export const SIGNED_IN_COLUMNS = {
  ...USER_COLUMNS,
  hasPassword: isNotNull(users.passwordHash).mapWith(Boolean),
  hasSecondFactor: HAS_SECOND_FACTOR,
};

type SignedInRow = Omit<Caller, 'credential' | 'lacksSecondFactor' | 'limitedTo'> & {
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
};

export interface CallerRow {
  readonly caller: Caller;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date;
}

/** Where sessions are, and what is required of their users. */
export type CallerSource = Pick<ServiceContext, 'db' | 'isDemo' | 'allowsPasswords' | 'secondFactorRoles'>;

/**
 * The callers of the valid sessions among those that the condition selects. The password of a demo
 * account is public, so its sessions count only while the server runs as a demo.
 */
export async function findCallers(source: CallerSource, where: SQL | undefined): Promise<readonly CallerRow[]> {
  const rows = await source.db
    .select({
      user: SIGNED_IN_COLUMNS,
      sessionId: sessions.id,
      expiresAt: sessions.expiresAt,
      lastUsedAt: sessions.lastUsedAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(where, isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`), mayCall(source)));
  return rows.map(({ user, sessionId, expiresAt, lastUsedAt }) => ({
    caller: toCaller(source, user, { kind: 'session', id: sessionId }),
    expiresAt,
    lastUsedAt,
  }));
}

/** Whether the account of the enclosing query may be used on this server. */
export const mayCall = ({ isDemo }: Pick<CallerSource, 'isDemo'>): SQL | undefined =>
  and(isNull(users.disabledAt), isDemo ? undefined : eq(users.isDemo, false));

/** A row of `SIGNED_IN_COLUMNS` as a caller. */
export function toCaller(
  { allowsPasswords, secondFactorRoles }: Pick<CallerSource, 'allowsPasswords' | 'secondFactorRoles'>,
  { hasPassword, hasSecondFactor, ...user }: SignedInRow,
  credential: Credential,
): Caller {
  const isRequired = requiresSecondFactor({ ...user, hasPassword: hasPassword && allowsPasswords }, secondFactorRoles);
  return { ...user, credential, lacksSecondFactor: isRequired && !hasSecondFactor };
}

/**
 * Those of the sessions that are still valid and may be used for more than the user's own account,
 * with their users' current permissions, by session id.
 */
export async function findSignedInCallers(
  source: CallerSource,
  sessionIds: readonly number[],
): Promise<ReadonlyMap<number, AccessSubject<number>>> {
  const rows = await findCallers(source, inArray(sessions.id, [...sessionIds]));
  const callers = rows.map(({ caller }) => caller).filter(({ lacksSecondFactor }) => !lacksSecondFactor);
  return new Map(callers.map((caller) => [caller.credential.id, caller]));
}

/**
 * A caller without a session, for work that the server does on behalf of a user. Throws if there is
 * no such user.
 */
export async function actAs(db: Queryable, email: string): Promise<Caller> {
  const [user] = await db.select(USER_COLUMNS).from(users).where(eq(users.email, email));
  if (!user) throw new Error(`There is no account ${email}`);
  return { ...user, credential: { kind: 'server', id: 0 }, lacksSecondFactor: false };
}
