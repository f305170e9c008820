import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ServiceContext } from '../../context.ts';
import { advisoryLocks } from '../../db/advisory-locks.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { users } from '../../db/schema/users.ts';

/**
 * Whether the server has an administrator, or is a demo. Until then only a setup link works. Once
 * true it stays true, because the last administrator cannot be removed.
 */
export async function isSetUp(context: ServiceContext): Promise<boolean> {
  if (context.isDemo || setUp.has(context)) return true;
  const isDone = await hasAdmin(context.db);
  if (isDone) setUp.add(context);
  return isDone;
}

const setUp = new WeakSet<ServiceContext>();

/** The administrators who can sign in to any server: not disabled, and not of the demo. */
export const isRealAdmin = () => and(eq(users.isAdmin, true), eq(users.isDemo, false), isNull(users.disabledAt));

export async function hasAdmin(db: Queryable): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).where(isRealAdmin()).limit(1);
  return rows.length > 0;
}

/** Until the transaction ends nobody else creates the first administrator, or a link for that. */
export async function lockSetup(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.setup})`);
}
