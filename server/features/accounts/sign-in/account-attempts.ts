import { eq, type SQL, sql } from 'drizzle-orm';
import { SECOND_MS } from '../../../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { ServiceContext, SignInLimits } from '../../../context.ts';
import { rateLimits } from '../../../db/schema/requests.ts';
import { FIRST_WAIT_MS, FORGET_AFTER_MS, LONGEST_WAIT_MS } from './sign-in-limits.ts';

/*
 * Failed attempts per key. The first few are free; after that each one doubles the wait for the
 * next. An attempt is counted before its password is verified, so that attempts in parallel cannot
 * overtake the counter, and taken back if it did not fail. A row's window ends when its attempts
 * are forgotten, so the last attempt was `FORGET_AFTER_MS` before. The database's clock decides.
 */

const milliseconds = (ms: number | SQL) => sql`${ms} * interval '1 millisecond'`;
/** When attempts that are counted now are forgotten. */
const FORGOTTEN_AT = sql<Date>`now() + ${milliseconds(FORGET_AFTER_MS)}`;
/** The exponent at which the longest wait is certainly reached; more would overflow. */
const MAX_DOUBLINGS = 20;

/** The wait after this number of attempts, in milliseconds. */
function waitAfter(attempts: SQL, { perAccount }: SignInLimits): SQL {
  const doublings = sql`least(${attempts} - ${perAccount}::integer, ${MAX_DOUBLINGS}::integer)`;
  return sql`case when ${attempts} < ${perAccount}::integer then 0
    else least(${LONGEST_WAIT_MS}::float8, ${FIRST_WAIT_MS}::float8 * power(2, ${doublings})) end`;
}

/** When the attempt after the counted ones is allowed. */
const allowedAt = (limits: SignInLimits) =>
  sql`${rateLimits.windowEndsAt} - ${milliseconds(FORGET_AFTER_MS)}
    + ${milliseconds(waitAfter(sql`${rateLimits.attempts}`, limits))}`;

/**
 * Counts one attempt, unless it has to wait. The failure is the time until the next attempt is
 * allowed, in seconds.
 */
export async function takeAttempt(context: ServiceContext, key: string): Promise<Result<null, number>> {
  const { attempts, windowEndsAt } = rateLimits;
  const limits = context.signInLimits;
  const isForgotten = sql`${windowEndsAt} <= now()`;
  const taken = await context.db
    .insert(rateLimits)
    .values({ key, attempts: 1, windowEndsAt: FORGOTTEN_AT })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: { attempts: sql`case when ${isForgotten} then 1 else ${attempts} + 1 end`, windowEndsAt: FORGOTTEN_AT },
      setWhere: sql`${isForgotten} or ${attempts} < ${limits.perAccount} or ${allowedAt(limits)} <= now()`,
    })
    .returning({ attempts });
  return taken.length > 0 ? ok(null) : fail(await readWait(context, key));
}

/** The wait until the next attempt, in seconds. */
async function readWait({ db, signInLimits }: ServiceContext, key: string): Promise<number> {
  const [row] = await db
    .update(rateLimits)
    // A clock that was wrong for a while may have stored an end that is much too late; the wait then
    // counts from now.
    .set({ windowEndsAt: sql`least(${rateLimits.windowEndsAt}, ${FORGOTTEN_AT})` })
    .where(eq(rateLimits.key, key))
    .returning({ waitMs: sql<number>`extract(epoch from ${allowedAt(signInLimits)} - now())::float8 * ${SECOND_MS}` });
  return Math.max(1, Math.ceil((row?.waitMs ?? 0) / SECOND_MS));
}

/** Takes one attempt back that did not fail, together with the wait that it caused. */
export async function returnAttempt({ db, signInLimits }: ServiceContext, key: string): Promise<void> {
  const { attempts } = rateLimits;
  const earlierWait = milliseconds(waitAfter(sql`(${attempts} - 1)`, signInLimits));
  await db
    .update(rateLimits)
    .set({
      attempts: sql`greatest(${attempts} - 1, 0)`,
      windowEndsAt: sql`${FORGOTTEN_AT} - ${earlierWait}`,
    })
    .where(eq(rateLimits.key, key));
}

/** Forgets all attempts of a key. */
export async function forgetAttempts({ db }: ServiceContext, key: string): Promise<void> {
  await db.delete(rateLimits).where(eq(rateLimits.key, key));
}
