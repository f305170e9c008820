import { randomUUID } from 'node:crypto';
import { isDiskFull } from '../../../node/error-code.ts';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { versionUuidSchema } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { lockProject, type PermittedProject, requireAction } from '../../access/find-permitted.ts';
import { blobKeysOf, bundleKey, thumbnailKey } from '../../blobs/blob-keys.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { inTransaction } from '../../db/transactions.ts';
import { FailureSignal, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import type { UploadInspection } from '../../files/upload-inspection.ts';
import { claimKey, type KeyedRequest } from '../../operations/idempotency.ts';
import { type CheckedUpload, commitUpload } from './commit-upload.ts';
import { putEqualBundle } from './equal-bundles.ts';
import { encodeThumbnail } from './thumbnail.ts';
import type { ReceivedUpload } from './upload-parts.ts';
import { findUploadReplay, keyedUpload, storeUploadResponse } from './upload-replay.ts';

export interface Uploaded {
  readonly version: AvatarUploadResponse;
  /** True if this request was handled before; now nothing was stored. */
  readonly isReplay: boolean;
}

/** A complete file on this machine's disk, and how to store it. */
export interface UploadToStore {
  readonly context: ServiceContext;
  readonly caller: Caller;
  readonly projectUuid: string;
  readonly idempotencyKey: string | null;
  readonly upload: ReceivedUpload;
  /** The inspection of this file, if it has been checked already. */
  readonly inspection?: UploadInspection | null;
  /** What else happens in the transaction of the new version; a failure rolls it back. */
  readonly inCommit: (tx: Transaction, project: PermittedProject) => ServiceResult<unknown>;
}

/**
 * Checks a received file, stores its blobs and then commits its rows: in this order a crash at any
 * point leaves either all or nothing that a client can see. The file may be gone afterwards; if it
 * is not, the caller removes it. Failures: `not_found`, `forbidden`, `bundle_invalid` (with the
 * findings), `lineage_not_found`, `idempotency_key_reused`, `storage_full`, those of `inCommit`.
 */
export async function storeUpload(work: UploadToStore): ServiceResult<Uploaded> {
  const { context, upload } = work;
  const keyed = keyedRequest(work);
  const replay = keyed ? await findUploadReplay(context.db, keyed) : ok(null);
  if (!replay.ok) return replay;
  if (replay.value) return ok({ version: replay.value, isReplay: true });
  const inspection = work.inspection ?? (await inspect(work));
  if (inspection.verdict === 'invalid') return fail(bundleInvalid(upload.originalName, inspection));
  const thumbnail = inspection.thumbnail && (await encodeThumbnail(inspection.thumbnail));
  // A file whose pieces cannot be read is stored anyway; later uploads only have to send more.
  const pieces = upload.file.pieces ?? (await context.fileWorkers.describe(upload.file)) ?? [];
  const checked = { versionUuid: versionUuidSchema.parse(randomUUID()), upload, inspection, thumbnail, pieces };
  const written = await writeBlobs(work, checked);
  return written.ok ? commit(work, checked, keyed) : written;
}

function inspect({ context, upload }: UploadToStore): Promise<UploadInspection> {
  const { file, originalName } = upload;
  const { path, sizeBytes } = file;
  return context.fileWorkers.inspect({ path, sizeBytes, originalName, policy: context.gabPolicy });
}

const bundleInvalid = (originalName: string, { issues }: UploadInspection): ServiceFailure => ({
  code: 'bundle_invalid',
  detail: `"${originalName}" is not a usable bundle: ${issues.length} finding(s). Nothing was stored.`,
  issues,
});

function keyedRequest({ caller, projectUuid, idempotencyKey, upload }: UploadToStore): KeyedRequest | null {
  if (idempotencyKey === null) return null;
  const { fields, originalName, file } = upload;
  return keyedUpload({
    userId: caller.userId,
    key: idempotencyKey,
    projectUuid,
    originalName,
    sha256: file.sha256,
    fields,
  });
}

async function writeBlobs({ context, projectUuid }: UploadToStore, checked: CheckedUpload): ServiceResult<null> {
  const { blobs } = context;
  try {
    if (checked.thumbnail) await blobs.putBytes(thumbnailKey(checked.versionUuid), checked.thumbnail.bytes);
    if (await putEqualBundle(context, projectUuid, checked)) return ok(null);
    await blobs.putFile(bundleKey(checked.versionUuid), checked.upload.file.path);
    return ok(null);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    await Promise.all(blobKeysOf(checked.versionUuid).map((key) => blobs.remove(key)));
    return fail({ code: 'storage_full', detail: 'The server has no room for this file. Nothing was stored.' });
  }
}

async function commit(
  { context, caller, projectUuid, upload, inCommit }: UploadToStore,
  checked: CheckedUpload,
  keyed: KeyedRequest | null,
): ServiceResult<Uploaded> {
  const result = await inTransaction<Uploaded>(context.db, async (tx) => {
    const project = await lockProject(tx, { caller, action: 'upload', uuid: projectUuid });
    if (!project.ok) return project;
    const mayActivate = upload.fields.activate ? requireAction(caller, 'activate', project.value) : ok(null);
    if (!mayActivate.ok) return mayActivate;
    if (keyed && !(await claimKey(tx, keyed))) return replayUpload(tx, keyed);
    const committed = await commitUpload(tx, { ...checked, caller, project: project.value, key: keyed?.key ?? null });
    if (!committed.ok) return committed;
    const more = await inCommit(tx, project.value);
    if (!more.ok) return more;
    if (keyed) await storeUploadResponse(tx, keyed, committed.value);
    return ok({ version: committed.value, isReplay: false });
  });
  // If the commit itself threw, nobody knows whether it succeeded, and the sweep decides later.
  // Here the outcome is certain.
  const isUnused = !result.ok || result.value.isReplay;
  if (isUnused) await Promise.all(blobKeysOf(checked.versionUuid).map((key) => context.blobs.remove(key)));
  return result;
}

async function replayUpload(...[tx, keyed]: Parameters<typeof findUploadReplay>): ServiceResult<Uploaded> {
  const replay = await findUploadReplay(tx, keyed);
  if (!replay.ok) return replay;
  if (!replay.value)
    throw new FailureSignal({
      code: 'unavailable',
      detail: 'The same upload is still being stored. Try again in a moment.',
    });
  return ok({ version: replay.value, isReplay: true });
}
