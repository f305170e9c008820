import { and, eq } from 'drizzle-orm';
import { sha256Hex } from '../../node/sha256.ts';
import { fail, ok } from '../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { idempotencyKeys } from '../db/schema/requests.ts';
import type { ServiceFailure, ServiceResult } from '../failures/service-failure.ts';

/** A request with an Idempotency-Key. */
export interface KeyedRequest {
  readonly userId: number;
  readonly key: string;
  readonly fingerprint: string;
}

/** The stored response of a request that succeeded; `response` is the body, plain JSON. */
export interface StoredResponse {
  readonly status: number;
  readonly response: unknown;
}

/**
 * SHA-256 in hex over everything a request asks for: requests with the same fingerprint ask for the
 * same.
 */
export function fingerprintOf(request: Readonly<Record<string, unknown>>): string {
  const ordered = Object.entries(request).sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256Hex(JSON.stringify(ordered));
}

/**
 * The stored response of this request; null if it has not been handled yet. Failure:
 * `idempotency_key_reused`.
 */
export async function findReplay(db: Queryable, request: KeyedRequest): ServiceResult<StoredResponse | null> {
  const [row] = await db.select().from(idempotencyKeys).where(keyOf(request));
  if (!row) return ok(null);
  return row.fingerprint === request.fingerprint ? ok(row) : fail(keyReused(request.key));
}

/** The response stored under this key, whatever the request was; null if there is none. */
export async function findStoredResponse(db: Queryable, userId: number, key: string): Promise<StoredResponse | null> {
  const [row] = await db.select().from(idempotencyKeys).where(keyOf({ userId, key }));
  return row ?? null;
}

/**
 * Claims the key for this transaction. If two requests with the same key arrive at once, the second
 * waits here. Once the first commits, this returns false and the stored response can be replayed;
 * if the first rolls back, this returns true.
 */
export async function claimKey(tx: Transaction, request: KeyedRequest): Promise<boolean> {
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ ...request, status: 0, response: {} })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  return claimed.length > 0;
}

/** Stores the response, in the transaction that it reports on. */
export async function storeResponse(tx: Transaction, request: KeyedRequest, response: StoredResponse): Promise<void> {
  await tx.update(idempotencyKeys).set(response).where(keyOf(request));
}

const keyOf = ({ userId, key }: Pick<KeyedRequest, 'userId' | 'key'>) =>
  and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.key, key));

export const keyReused = (key: string): ServiceFailure => ({
  code: 'idempotency_key_reused',
  detail: `The Idempotency-Key "${key}" was already used for a different request.`,
});
