import { and, eq } from 'drizzle-orm';
import { sha256Hex } from '../../node/sha256.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { idempotencyKeys } from '../db/schema/requests.ts';
import type { ApiFailure } from './service-failure.ts';

/** One request as its Idempotency-Key knows it. */
export interface KeyedRequest {
  readonly userId: number;
  readonly key: string;
  readonly fingerprint: string;
}

/** A successful answer as it is kept; `response` is the body, plain JSON. */
export interface KeptAnswer {
  readonly status: number;
  readonly response: unknown;
}

/** SHA-256 over what was asked for: two requests with the same fingerprint ask for the same. */
export function fingerprintOf(asked: Readonly<Record<string, unknown>>): string {
  const ordered = Object.entries(asked).sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256Hex(JSON.stringify(ordered));
}

/** The first answer to this request; null where it is the first. Failure: `idempotency_key_reused`. */
export async function findReplay(db: Queryable, request: KeyedRequest): Promise<Result<KeptAnswer | null, ApiFailure>> {
  const [row] = await db.select().from(idempotencyKeys).where(keyOf(request));
  if (!row) return ok(null);
  return row.fingerprint === request.fingerprint ? ok(row) : fail(keyReused(request.key));
}

/** What was answered under this key, whatever was asked for; null where nothing was. */
export async function findKept(db: Queryable, userId: number, key: string): Promise<KeptAnswer | null> {
  const [row] = await db.select().from(idempotencyKeys).where(keyOf({ userId, key }));
  return row ?? null;
}

/**
 * Takes the key for this transaction. Two at once: the second waits here until the first commits, then answers false
 * (and finds the replay), or until it rolls back, then goes on.
 */
export async function claimKey(tx: Transaction, request: KeyedRequest): Promise<boolean> {
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ ...request, status: 0, response: {} })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  return claimed.length > 0;
}

/** Keeps the answer, in the transaction of what it tells of. */
export async function keepAnswer(tx: Transaction, request: KeyedRequest, answer: KeptAnswer): Promise<void> {
  await tx.update(idempotencyKeys).set(answer).where(keyOf(request));
}

const keyOf = ({ userId, key }: Pick<KeyedRequest, 'userId' | 'key'>) =>
  and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.key, key));

export const keyReused = (key: string): ApiFailure => ({
  code: 'idempotency_key_reused',
  detail: `The Idempotency-Key "${key}" was used before for something else.`,
});
