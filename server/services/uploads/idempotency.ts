import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import {
  type AvatarUploadResponse,
  avatarUploadResponseSchema,
  type UploadFields,
} from '../../../shared/api/avatars.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { idempotencyKeys } from '../../db/schema/requests.ts';
import type { ApiFailure } from '../failure.ts';

const CREATED_STATUS = 201;

/** One request as its Idempotency-Key knows it. */
export interface KeyedRequest {
  readonly userId: number;
  readonly key: string;
  readonly fingerprint: string;
}

/** One upload, whichever way its bytes come: as a form or by a session. */
export interface AskedUpload {
  readonly userId: number;
  readonly key: string;
  readonly projectUuid: string;
  readonly originalName: string;
  readonly sha256: string;
  readonly fields: UploadFields;
}

/** What makes two uploads with the same key the same upload. */
export function keyedUpload({ userId, key, projectUuid, originalName, sha256, fields }: AskedUpload): KeyedRequest {
  const asked = { ...fields, project_uuid: projectUuid, original_filename: originalName, sha256 };
  return { userId, key, fingerprint: fingerprintOf(asked) };
}

/** SHA-256 over what was asked for: two requests with the same fingerprint ask for the same. */
function fingerprintOf(asked: Readonly<Record<string, unknown>>): string {
  const ordered = Object.entries(asked).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex');
}

/** The first answer to this request; null where it is the first. Failure: `idempotency_key_reused`. */
export async function findReplay(
  db: Queryable,
  request: KeyedRequest,
): Promise<Result<AvatarUploadResponse | null, ApiFailure>> {
  const [row] = await db.select().from(idempotencyKeys).where(keyOf(request));
  if (!row) return ok(null);
  if (row.fingerprint !== request.fingerprint) return fail(keyReused(request.key));
  return ok(avatarUploadResponseSchema.parse(row.response));
}

/** The answer to an upload that was stored under this key; null where there is none. */
export async function findAnswer(db: Queryable, userId: number, key: string): Promise<AvatarUploadResponse | null> {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(keyOf({ userId, key, fingerprint: '' }));
  return row ? avatarUploadResponseSchema.parse(row.response) : null;
}

/**
 * Takes the key for this transaction. Two at once: the second waits here until the first commits, then answers false
 * (and finds the replay), or until it rolls back, then goes on.
 */
export async function claimKey(tx: Transaction, request: KeyedRequest): Promise<boolean> {
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ ...request, status: CREATED_STATUS, response: {} })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  return claimed.length > 0;
}

/** Keeps the answer, in the transaction of what it tells of. */
export async function keepAnswer(
  tx: Transaction,
  request: KeyedRequest,
  response: AvatarUploadResponse,
): Promise<void> {
  await tx.update(idempotencyKeys).set({ response }).where(keyOf(request));
}

const keyOf = ({ userId, key }: KeyedRequest) => and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.key, key));

export const keyReused = (key: string): ApiFailure => ({
  code: 'idempotency_key_reused',
  detail: `The Idempotency-Key "${key}" was used before with another file, project or fields.`,
});
