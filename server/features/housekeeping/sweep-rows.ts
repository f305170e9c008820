import { and, eq, lt, notExists, sql } from 'drizzle-orm';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import { idempotencyKeys, rateLimits, uploadReceipts } from '../../db/schema/requests.ts';
import { accessTokens, accountLinks, devices, sessions } from '../../db/schema/sign-in.ts';

const IDEMPOTENCY_AGE_MS = 30 * DAY_MS;
const RECEIPT_AGE_MS = DAY_MS;

/** A device that has not signed in for this long is asked like a new one. */
const DEVICE_AGE_MS = 365 * DAY_MS;

/** So long the owner still sees why a program was refused. */
const ENDED_TOKEN_AGE_MS = 30 * DAY_MS;

/** The database's clock decides: one that is ahead must not end the waits of others. */
const ago = (ageMs: number) => sql`now() - ${ageMs} * interval '1 millisecond'`;

/**
 * Removes expired rows: sessions, access tokens, links, stored responses of repeated requests,
 * receipts, and rate-limit windows. Also removes devices that nobody has signed in from for a year.
 */
export async function sweepRows({ db }: ServiceContext): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
  await db.delete(sessions).where(lt(sessions.revokedAt, ago(DAY_MS)));
  await db.delete(accessTokens).where(lt(accessTokens.expiresAt, ago(ENDED_TOKEN_AGE_MS)));
  await db.delete(accessTokens).where(lt(accessTokens.revokedAt, ago(ENDED_TOKEN_AGE_MS)));
  const hasSession = db.select({ id: sessions.id }).from(sessions).where(eq(sessions.deviceId, devices.id));
  await db.delete(devices).where(and(lt(devices.lastUsedAt, ago(DEVICE_AGE_MS)), notExists(hasSession)));
  await db.delete(accountLinks).where(lt(accountLinks.expiresAt, ago(DAY_MS)));
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, ago(IDEMPOTENCY_AGE_MS)));
  await db.delete(uploadReceipts).where(lt(uploadReceipts.updatedAt, ago(RECEIPT_AGE_MS)));
  await db.delete(rateLimits).where(lt(rateLimits.windowEndsAt, sql`now()`));
}
