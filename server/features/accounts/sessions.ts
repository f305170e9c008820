import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../../node/sha256.ts';
import type { UserResponse } from '../../../shared/api/auth.ts';
import { DAY_MS } from '../../../shared/lib/durations.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { sessions, users } from '../../db/schema/users.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import { verifyPassword } from './passwords.ts';
import { findUser, normalizeEmail } from './users.ts';

/** A session expires when it has not been used for this long. */
export const SESSION_LIFETIME_MS = 30 * DAY_MS;
/** Using a session renews it at most once a day, to save a write per request. */
const RENEW_AFTER_MS = DAY_MS;
/** 256 bits cannot be guessed, so the fast hash below is enough. */
const TOKEN_BYTES = 32;

export interface SignedIn {
  readonly token: string;
  readonly expires_at: string;
  readonly user: UserResponse;
}

/**
 * Exchanges an e-mail address and a password for a session token, which is returned only here.
 * Failure: `invalid_credentials`.
 */
export async function signIn(
  context: ServiceContext,
  credentials: { readonly email: string; readonly password: string },
): ServiceResult<SignedIn> {
  const email = normalizeEmail(credentials.email);
  const [account] = await context.db
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email));
  const matches = await verifyPassword(account?.passwordHash ?? null, credentials.password);
  if (!account || !matches) {
    return fail({ code: 'invalid_credentials', detail: 'The e-mail address or the password is wrong.' });
  }
  return ok(await context.db.transaction((tx) => openSession(tx, account.id)));
}

async function openSession(tx: Transaction, userId: number): Promise<SignedIn> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(Date.now() + SESSION_LIFETIME_MS);
  await tx.insert(sessions).values({ userId, tokenHash: hashToken(token), expiresAt });
  const user = await findUser(tx, userId);
  if (!user) throw new Error(`User ${userId} vanished while signing in`);
  await recordAudit(tx, [{ action: 'session.created', actor: user.email, customerUuid: user.customer_uuid }]);
  return { token, expires_at: expiresAt.toISOString(), user };
}

/** Revokes the caller's session; its token stops working with the next request. */
export async function signOut(context: ServiceContext, caller: Caller): Promise<void> {
  await context.db.transaction(async (tx) => {
    await tx.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.id, caller.sessionId));
    const user = await findUser(tx, caller.userId);
    const customerUuid = user?.customer_uuid ?? null;
    await recordAudit(tx, [{ action: 'session.deleted', actor: caller.email, customerUuid }]);
  });
}

/** The user behind a token; null if it is unknown, expired or revoked. Renews the session. */
export async function findCaller(context: ServiceContext, token: string): Promise<Caller | null> {
  const now = new Date();
  const [row] = await context.db
    .select({
      userId: users.id,
      email: users.email,
      name: users.name,
      role: users.role,
      customerId: users.customerId,
      sessionId: sessions.id,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, hashToken(token)), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)));
  if (!row) return null;
  const { expiresAt, ...caller } = row;
  const remainingMs = expiresAt.getTime() - now.getTime();
  if (remainingMs < SESSION_LIFETIME_MS - RENEW_AFTER_MS) await renew(context, caller.sessionId);
  return caller;
}

async function renew(context: ServiceContext, sessionId: number): Promise<void> {
  const expiresAt = new Date(Date.now() + SESSION_LIFETIME_MS);
  await context.db.update(sessions).set({ expiresAt }).where(eq(sessions.id, sessionId));
}

export const hashToken = (token: string): string => sha256Hex(token);
