import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Caller } from '../../access/caller.ts';
import type { Queryable } from '../../db/database.ts';
import { sessions, users } from '../../db/schema/users.ts';

/**
 * Those of the sessions that are still valid, with their users' current permissions, by session id.
 */
export async function findSignedInCallers(
  db: Queryable,
  sessionIds: readonly number[],
): Promise<ReadonlyMap<number, Pick<Caller, 'role' | 'customerId'>>> {
  const rows = await db
    .select({ sessionId: sessions.id, role: users.role, customerId: users.customerId })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(inArray(sessions.id, [...sessionIds]), isNull(sessions.revokedAt), gt(sessions.expiresAt, new Date())));
  return new Map(rows.map((row) => [row.sessionId, row]));
}
