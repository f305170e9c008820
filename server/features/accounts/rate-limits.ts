import { sql } from 'drizzle-orm';
import type { ServiceContext } from '../../context.ts';
import { rateLimits } from '../../db/schema/requests.ts';

/**
 * Counts one attempt in the key's window. Returns the number of attempts so far and the time until
 * the window ends, in milliseconds.
 */
export async function countAttempt(
  { db }: ServiceContext,
  key: string,
  windowMs: number,
): Promise<{ current: number; ttl: number }> {
  const now = new Date();
  const fresh = { attempts: 1, windowEndsAt: new Date(now.getTime() + windowMs) };
  const isOver = sql`${rateLimits.windowEndsAt} <= ${now.toISOString()}::timestamptz`;
  const newEnd = sql`${fresh.windowEndsAt.toISOString()}::timestamptz`;
  const [row] = await db
    .insert(rateLimits)
    .values({ key, ...fresh })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        attempts: sql`case when ${isOver} then 1 else ${rateLimits.attempts} + 1 end`,
        windowEndsAt: sql`case when ${isOver} then ${newEnd} else ${rateLimits.windowEndsAt} end`,
      },
    })
    .returning();
  if (!row) throw new Error('The rate limit row was not returned');
  return { current: row.attempts, ttl: Math.max(0, row.windowEndsAt.getTime() - now.getTime()) };
}
