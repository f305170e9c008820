import { sql } from 'drizzle-orm';
import { SECOND_MS } from '../../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../../context.ts';
import { rateLimits } from '../../../db/schema/requests.ts';
import { ADDRESS_WINDOW_MS } from './sign-in-limits.ts';

/**
 * Counts one attempt from a network. Returns the time until the next one is allowed if it is one
 * too many, in seconds, otherwise null.
 */
export async function countAddressAttempt(
  { db, signInLimits }: ServiceContext,
  network: string,
): Promise<number | null> {
  const { attempts, windowEndsAt } = rateLimits;
  const newEnd = sql<Date>`now() + ${ADDRESS_WINDOW_MS} * interval '1 millisecond'`;
  const isOver = sql`${windowEndsAt} <= now()`;
  const [row] = await db
    .insert(rateLimits)
    .values({ key: `sign-in from ${network}`, attempts: 1, windowEndsAt: newEnd })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        attempts: sql`case when ${isOver} then 1 else ${attempts} + 1 end`,
        // A clock that was wrong for a while may have stored an end that is much too late.
        windowEndsAt: sql`case when ${isOver} then ${newEnd} else least(${windowEndsAt}, ${newEnd}) end`,
      },
    })
    .returning({ attempts, leftMs: sql<number>`extract(epoch from ${windowEndsAt} - now())::float8 * ${SECOND_MS}` });
  if (!row) throw new Error('The counted attempt was not returned');
  return row.attempts > signInLimits.perAddress ? Math.max(1, Math.ceil(row.leftMs / SECOND_MS)) : null;
}
