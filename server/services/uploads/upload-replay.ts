import {
  type AvatarUploadResponse,
  avatarUploadResponseSchema,
  type UploadFields,
} from '../../../shared/api/avatars.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { findKept, findReplay, fingerprintOf, type KeptAnswer, type KeyedRequest, keepAnswer } from '../idempotency.ts';
import type { ApiFailure } from '../service-failure.ts';

/** What an upload is kept under; operations answer 200. */
const CREATED_STATUS = 201;

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

/** The first answer to this upload; null where it is the first. Failure: `idempotency_key_reused`. */
export async function findUploadReplay(
  db: Queryable,
  request: KeyedRequest,
): Promise<Result<AvatarUploadResponse | null, ApiFailure>> {
  const kept = await findReplay(db, request);
  return kept.ok ? ok(uploadOf(kept.value)) : kept;
}

/** The answer to an upload that was stored under this key; null where there is none. */
export async function findStoredUpload(
  db: Queryable,
  userId: number,
  key: string,
): Promise<AvatarUploadResponse | null> {
  return uploadOf(await findKept(db, userId, key));
}

/** Null also where the key was an operation's. */
function uploadOf(kept: KeptAnswer | null): AvatarUploadResponse | null {
  return kept?.status === CREATED_STATUS ? avatarUploadResponseSchema.parse(kept.response) : null;
}

/** Keeps the answer, in the transaction of what it tells of. */
export function keepUpload(tx: Transaction, request: KeyedRequest, response: AvatarUploadResponse): Promise<void> {
  return keepAnswer(tx, request, { status: CREATED_STATUS, response });
}
