import { lt } from 'drizzle-orm';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import { idempotencyKeys, rateLimits, uploadReceipts } from '../../db/schema/requests.ts';
import { accountLinks, sessions } from '../../db/schema/sign-in.ts';

const IDEMPOTENCY_AGE_MS = 30 * DAY_MS;
const RECEIPT_AGE_MS = DAY_MS;

/**
 * Removes expired rows: sessions, links, stored responses of repeated requests, receipts, and rate-limit
 * windows.
 */
export async function sweepRows({ db }: ServiceContext, now = new Date()): Promise<void> {
  const ago = (ageMs: number) => new Date(now.getTime() - ageMs);
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
  await db.delete(sessions).where(lt(sessions.revokedAt, ago(DAY_MS)));
  await db.delete(accountLinks).where(lt(accountLinks.expiresAt, ago(DAY_MS)));
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, ago(IDEMPOTENCY_AGE_MS)));
  await db.delete(uploadReceipts).where(lt(uploadReceipts.updatedAt, ago(RECEIPT_AGE_MS)));
  await db.delete(rateLimits).where(lt(rateLimits.windowEndsAt, now));
}
