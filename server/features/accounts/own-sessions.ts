import { and, desc, eq, gt, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { listSessions } from '../../../shared/api/auth.ts';
import type { RouteResponse } from '../../../shared/api/define-route.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { devices, sessions } from '../../db/schema/sign-in.ts';
import { inTransaction } from '../../db/transactions.ts';
import { notFound, type ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';

const isOpen = () => and(isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`));

/** The caller's open sessions, the one used last first. */
export async function listOwnSessions(
  { db }: ServiceContext,
  caller: Caller,
): Promise<RouteResponse<typeof listSessions>> {
  const rows = await db
    .select({
      id: sessions.id,
      uuid: sessions.uuid,
      deviceName: devices.name,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
    })
    .from(sessions)
    .leftJoin(devices, eq(devices.id, sessions.deviceId))
    .where(and(eq(sessions.userId, caller.userId), isOpen()))
    .orderBy(desc(sessions.lastUsedAt), desc(sessions.id));
  return {
    sessions: rows.map((row) => ({
      uuid: row.uuid,
      device_name: row.deviceName ?? '',
      created_at: row.createdAt.toISOString(),
      last_used_at: row.lastUsedAt.toISOString(),
      is_current: row.id === sessionIdOf(caller),
    })),
  };
}

/** The session of a caller who came with one, as every caller of these routes does. */
export function sessionIdOf({ credential }: Caller): number {
  if (credential.kind !== 'session') throw new Error(`A caller with a ${credential.kind} has no session`);
  return credential.id;
}

/** Ends one of the caller's sessions. Failure: `not_found`, also for other people's sessions. */
export function endOwnSession(context: ServiceContext, caller: Caller, uuid: string): ServiceResult<null> {
  return inTransaction(context.db, async (tx) => {
    const ended = await endSessions(tx, and(eq(sessions.userId, caller.userId), eq(sessions.uuid, uuid)));
    if (ended === 0) return fail(notFound('session'));
    await recordAudit(tx, [{ action: 'session.deleted', actor: caller.email }]);
    return ok(null);
  });
}

/** Ends all sessions of the caller but this one. Returns how many there were. */
export function endOtherSessions(context: ServiceContext, caller: Caller): Promise<number> {
  return context.db.transaction((tx) => endOtherSessionsIn(tx, caller));
}

/** Like `endOtherSessions`, in a transaction that does more. */
export async function endOtherSessionsIn(tx: Transaction, caller: Caller): Promise<number> {
  const others = and(eq(sessions.userId, caller.userId), ne(sessions.id, sessionIdOf(caller)));
  const ended = await endSessions(tx, others);
  if (ended > 0) await recordAudit(tx, [{ action: 'session.deleted', actor: caller.email, details: { ended } }]);
  return ended;
}

/** Ends the open sessions that the condition selects. Returns their number. */
export async function endSessions(tx: Transaction, where: SQL | undefined): Promise<number> {
  const rows = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(where, isOpen()))
    .returning({ id: sessions.id });
  return rows.length;
}
