import { eq, sql } from 'drizzle-orm';
import type { MeResponse } from '../../../shared/api/auth.ts';
import type { ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/lib/durations.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { sessions } from '../../db/schema/sign-in.ts';
import { users } from '../../db/schema/users.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { type Device, recognizeDevice } from './devices.ts';
import { findCallers } from './find-callers.ts';
import { sessionIdOf } from './own-sessions.ts';
import { readMe } from './second-factor/read-me.ts';
import { createToken, hashToken } from './tokens.ts';

/** A session expires when it has not been used for this long. */
export const SESSION_LIFETIME_MS = 30 * DAY_MS;
/** Using a session is noted, and renews it, at most this often, to save a write per request. */
export const TOUCH_AFTER_MS = 5 * MINUTE_MS;

export interface SignedIn {
  readonly token: string;
  readonly expires_at: string;
  readonly device_token: string;
  readonly user: MeResponse;
}

/** `email`: null if nobody knows whose sign-in it was. */
export async function recordRefusedSignIn(
  context: ServiceContext,
  email: string | null,
  reason: ProblemCode,
): Promise<void> {
  const entry = { action: 'session.refused', actor: null, details: { email, reason } } as const;
  await context.db.transaction((tx) => recordAudit(tx, [entry]));
}

/** Opens a session of a user who has proved who they are; the device is remembered. */
export async function openSession(
  context: Pick<ServiceContext, 'secondFactorRoles' | 'allowsPasswords'>,
  tx: Transaction,
  { userId, device }: { readonly userId: number; readonly device: Device },
): Promise<SignedIn> {
  const token = createToken();
  const recognized = await recognizeDevice(tx, userId, device);
  const [session] = await tx
    .insert(sessions)
    .values({ userId, deviceId: recognized.id, tokenHash: hashToken(token), expiresAt: expiry() })
    .returning({ expiresAt: sessions.expiresAt });
  await tx.update(users).set({ lastSignInAt: sql`now()` }).where(eq(users.id, userId));
  const user = await readMe(context, tx, userId);
  if (!session) throw new Error(`User ${userId} vanished while signing in`);
  await recordAudit(tx, [{ action: 'session.created', actor: user.email, details: { device: device.name } }]);
  return { token, expires_at: session.expiresAt.toISOString(), device_token: recognized.token, user };
}

/** The database's clock decides, so that server processes with different clocks agree. */
const expiry = () => sql<Date>`now() + ${SESSION_LIFETIME_MS} * interval '1 millisecond'`;

/** Revokes the caller's session; its token stops working with the next request. */
export async function signOut(context: ServiceContext, caller: Caller): Promise<void> {
  await context.db.transaction(async (tx) => {
    await tx
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(eq(sessions.id, sessionIdOf(caller)));
    await recordAudit(tx, [{ action: 'session.deleted', actor: caller.email }]);
  });
}

/**
 * The user behind the token of a session; null if it is unknown, expired or revoked. Renews the
 * session.
 */
export async function findCaller(context: ServiceContext, token: string): Promise<Caller | null> {
  const [row] = await findCallers(context, eq(sessions.tokenHash, hashToken(token)));
  if (!row) return null;
  if (Date.now() - row.lastUsedAt.getTime() > TOUCH_AFTER_MS) await touch(context, sessionIdOf(row.caller));
  return row.caller;
}

async function touch(context: ServiceContext, sessionId: number): Promise<void> {
  const used = { lastUsedAt: sql`now()`, expiresAt: expiry() };
  await context.db.update(sessions).set(used).where(eq(sessions.id, sessionId));
}
