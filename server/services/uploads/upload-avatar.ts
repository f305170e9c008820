import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AvatarUploadResponse } from '../../../shared/api/avatars.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { blobKeysOf, bundleKey, thumbnailKey } from '../blob-keys.ts';
import type { Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { type ApiFailure, FailureSignal } from '../failure.ts';
import { findProject, lockProject } from '../resources.ts';
import { inTransaction } from '../transactions.ts';
import type { Inspection } from './bundle-inspector.ts';
import { type CheckedUpload, commitUpload } from './commit-upload.ts';
import { claimKey, findReplay, fingerprintOf, type KeyedRequest, keepAnswer } from './idempotency.ts';
import { receiptWriter } from './receipts.ts';
import type { ReceivedFile } from './receive-file.ts';
import { encodeThumbnail } from './thumbnail.ts';
import { type ReceivedUpload, receiveUpload, type UploadPart } from './upload-parts.ts';

export interface UploadRequest {
  readonly projectUuid: string;
  readonly idempotencyKey: string | null;
  readonly parts: AsyncIterable<UploadPart>;
}

export interface Uploaded {
  readonly avatar: AvatarUploadResponse;
  /** True where this request had been answered before and nothing was stored now. */
  readonly isReplay: boolean;
}

type Answer<Value> = Promise<Result<Value, ApiFailure>>;

/**
 * Takes a file in, checks it, stores it and tells: in this order, so that a crash at any point leaves all of it or
 * nothing that a client can see. Failures: `not_found`, `forbidden`, those of `receiveUpload`, `bundle_invalid` (with
 * the findings), `lineage_not_found`, `idempotency_key_reused`, `storage_full`.
 */
export async function uploadAvatar(context: ServiceContext, caller: Caller, request: UploadRequest): Answer<Uploaded> {
  const project = await findProject(context.db, { caller, action: 'upload', uuid: request.projectUuid });
  if (!project.ok) return project;
  const receipt = receiptWriter(context, caller, request.idempotencyKey);
  const reception = { incomingDir: context.incomingDir, onProgress: receipt.progress };
  const upload = await receiveUpload(request.parts, reception, discardFile);
  if (!upload.ok) {
    await (upload.failure.code === 'upload_incomplete' ? receipt.discard() : receipt.settle('refused'));
    return upload;
  }
  try {
    await receipt.settle('checking');
    const stored = await store({ context, caller, request, upload: upload.value });
    await receipt.settle(stored.ok ? 'stored' : 'refused');
    return stored;
  } finally {
    await discardFile(upload.value.file);
  }
}

/** The temp file; gone already where it became a blob. */
const discardFile = (file: ReceivedFile): Promise<void> => rm(file.path, { force: true });

interface Work {
  readonly context: ServiceContext;
  readonly caller: Caller;
  readonly request: UploadRequest;
  readonly upload: ReceivedUpload;
}

async function store(work: Work): Answer<Uploaded> {
  const { context, upload } = work;
  const keyed = keyedRequest(work);
  const replay = keyed ? await findReplay(context.db, keyed) : ok(null);
  if (!replay.ok) return replay;
  if (replay.value) return ok({ avatar: replay.value, isReplay: true });
  const inspection = await context.inspector.inspect({
    path: upload.file.path,
    sizeBytes: upload.file.sizeBytes,
    originalName: upload.originalName,
    policy: context.gabPolicy,
  });
  if (inspection.verdict === 'invalid') return fail(bundleInvalid(upload.originalName, inspection));
  const thumbnail = inspection.thumbnail && (await encodeThumbnail(inspection.thumbnail));
  const checked = { avatarUuid: randomUUID(), upload, inspection, thumbnail };
  const written = await writeBlobs(context, checked);
  return written.ok ? commit(work, checked, keyed) : written;
}

const bundleInvalid = (originalName: string, { issues }: Inspection): ApiFailure => ({
  code: 'bundle_invalid',
  detail: `"${originalName}" is not a usable bundle: ${issues.length} finding(s). Nothing was stored.`,
  issues,
});

function keyedRequest({ caller, request, upload }: Work): KeyedRequest | null {
  if (request.idempotencyKey === null) return null;
  const fingerprint = fingerprintOf({
    ...upload.fields,
    project_uuid: request.projectUuid,
    original_filename: upload.originalName,
    sha256: upload.file.sha256,
  });
  return { userId: caller.userId, key: request.idempotencyKey, fingerprint };
}

async function writeBlobs({ blobs }: ServiceContext, checked: CheckedUpload): Answer<null> {
  try {
    if (checked.thumbnail) await blobs.putBytes(thumbnailKey(checked.avatarUuid), checked.thumbnail.bytes);
    await blobs.putFile(bundleKey(checked.avatarUuid), checked.upload.file.path);
    return ok(null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    await Promise.all(blobKeysOf(checked.avatarUuid).map((key) => blobs.remove(key)));
    return fail({ code: 'storage_full', detail: 'The server has no room for this file. Nothing was stored.' });
  }
}

async function commit(
  { context, caller, request }: Work,
  checked: CheckedUpload,
  keyed: KeyedRequest | null,
): Answer<Uploaded> {
  const result = await inTransaction(context.db, async (tx) => {
    const project = await lockProject(tx, { caller, action: 'upload', uuid: request.projectUuid });
    if (!project.ok) return project;
    if (keyed && !(await claimKey(tx, keyed))) return findFirstAnswer(tx, keyed);
    const committed = await commitUpload(tx, { ...checked, caller, project: project.value });
    if (!committed.ok) return committed;
    if (keyed) await keepAnswer(tx, keyed, committed.value);
    return ok({ avatar: committed.value, isReplay: false });
  });
  // Where the commit itself broke nobody knows whether it happened: then the sweep decides. Here it is certain.
  const isUnused = !result.ok || result.value.isReplay;
  if (isUnused) await Promise.all(blobKeysOf(checked.avatarUuid).map((key) => context.blobs.remove(key)));
  return result;
}

async function findFirstAnswer(...[tx, keyed]: Parameters<typeof findReplay>): Answer<Uploaded> {
  const replay = await findReplay(tx, keyed);
  if (!replay.ok) return replay;
  if (!replay.value)
    throw new FailureSignal({ code: 'unavailable', detail: 'The same upload is still being committed.' });
  return ok({ avatar: replay.value, isReplay: true });
}
