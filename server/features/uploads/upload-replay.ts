import { type AvatarUploadResponse, avatarUploadResponseSchema } from '../../../shared/api/avatars.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import {
  findReplay,
  findStoredResponse,
  fingerprintOf,
  type KeyedRequest,
  type StoredResponse,
  storeResponse,
} from '../../operations/idempotency.ts';
import type { UploadRequestFields } from './upload-parts.ts';

/** The status of a stored upload response; those of operations have 200. */
const CREATED_STATUS = 201;

/** One upload, whether its bytes come as a form or by a session. */
export interface UploadIdentity {
  readonly userId: number;
  readonly key: string;
  readonly projectUuid: string;
  readonly originalName: string;
  readonly sha256: string;
  readonly fields: UploadRequestFields;
}

/**
 * The keyed request of an upload: everything that makes two uploads with the same key the same
 * upload. The condition of its activation is left out: an updated client adds it when it continues
 * an upload that it announced without it.
 */
export function keyedUpload({ userId, key, projectUuid, originalName, sha256, fields }: UploadIdentity): KeyedRequest {
  const { expected_active_uuid: _, ...identifying } = fields;
  const request = { ...identifying, project_uuid: projectUuid, original_filename: originalName, sha256 };
  return { userId, key, fingerprint: fingerprintOf(request) };
}

/**
 * The stored response of this upload; null if it has not been handled yet. Failure:
 * `idempotency_key_reused`.
 */
export async function findUploadReplay(
  db: Queryable,
  request: KeyedRequest,
): ServiceResult<AvatarUploadResponse | null> {
  const stored = await findReplay(db, request);
  return stored.ok ? ok(uploadOf(stored.value)) : stored;
}

/** The response of the upload that was stored under this key; null if there is none. */
export async function findStoredUpload(
  db: Queryable,
  userId: number,
  key: string,
): Promise<AvatarUploadResponse | null> {
  return uploadOf(await findStoredResponse(db, userId, key));
}

/** Null also if the key belongs to an operation. */
function uploadOf(stored: StoredResponse | null): AvatarUploadResponse | null {
  return stored?.status === CREATED_STATUS ? avatarUploadResponseSchema.parse(stored.response) : null;
}

/** Stores the response, in the transaction that it reports on. */
export function storeUploadResponse(
  tx: Transaction,
  request: KeyedRequest,
  response: AvatarUploadResponse,
): Promise<void> {
  return storeResponse(tx, request, { status: CREATED_STATUS, response });
}
