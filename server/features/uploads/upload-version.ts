import { removeFile } from '../../../node/remove.ts';
import { fail } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { queuePlaceOf } from '../../queues/request-queues.ts';
import { findRoom, lockStorage, type Room, requireQuotas, UNLIMITED_ROOM, type UploadPlace } from '../storage/room.ts';
import { type ReceiptWriter, receiptWriter } from './receipts.ts';
import type { UploadedFile } from './receive-file.ts';
import { storeUpload, type Uploaded } from './store-upload.ts';
import { receiveUpload, type UploadPart } from './upload-parts.ts';
import { findStoredUpload } from './upload-replay.ts';

export interface UploadRequest {
  readonly projectUuid: string;
  readonly idempotencyKey: string | null;
  readonly parts: AsyncIterable<UploadPart>;
  /** The file has at least this many bytes, as far as the request says before it is read. */
  readonly leastBytes: number;
  /** Aborted when the client goes away; null if the server itself uploads. */
  readonly gone: AbortSignal | null;
}

/**
 * Receives a form with a file and stores the file as a version, when it is the caller's turn to
 * have one checked. Failures: `quota_exceeded`, those of `receiveUpload`, of `FairQueue.enter` and
 * of `storeUpload`.
 */
export async function uploadVersion(
  context: ServiceContext,
  caller: Caller,
  request: UploadRequest,
): ServiceResult<Uploaded> {
  const project = await findProject(context.db, { caller, action: 'upload', uuid: request.projectUuid });
  if (!project.ok) return project;
  const place = { caller, project: project.value };
  const room = await roomFor(context, place, request);
  if (room.bytes < request.leastBytes) return fail(room.failure(request.leastBytes));
  const receipt = receiptWriter(context, caller, request.idempotencyKey);
  const reception = { incomingDir: context.incomingDir, room, onProgress: receipt.progress };
  const upload = await receiveUpload(request.parts, reception, discardFile);
  if (!upload.ok) {
    await (upload.failure.code === 'upload_incomplete' ? receipt.discard() : receipt.settle('refused'));
    return upload;
  }
  try {
    const turn = await context.queues.checks.enter(queuePlaceOf(caller), request.gone);
    if (!turn.ok) {
      await receipt.discard();
      return turn;
    }
    const { file } = upload.value;
    const work = {
      context,
      caller,
      ...request,
      upload: upload.value,
      inCommit: (tx: Transaction) => requireRoom(context, tx, { place, fileBytes: file.sizeBytes }),
    };
    return await checked(receipt, () => storeUpload(work)).finally(turn.value);
  } finally {
    await discardFile(upload.value.file);
  }
}

/**
 * A repeated upload gets its stored response however full the storage is now; whether it is the
 * same upload is known once its file is here.
 */
async function roomFor(context: ServiceContext, place: UploadPlace, { idempotencyKey }: UploadRequest): Promise<Room> {
  const isRepeated =
    idempotencyKey !== null && (await findStoredUpload(context.db, place.caller.userId, idempotencyKey)) !== null;
  return isRepeated ? UNLIMITED_ROOM : findRoom(context, place);
}

/** A form reserves nothing before it has arrived, so its commit decides. */
async function requireRoom(
  context: ServiceContext,
  tx: Transaction,
  file: Parameters<typeof requireQuotas>[2],
): ServiceResult<unknown> {
  await lockStorage(tx, file.place);
  return requireQuotas(context, tx, file);
}

async function checked(receipt: ReceiptWriter, store: () => ServiceResult<Uploaded>): ServiceResult<Uploaded> {
  const stored = await receipt.whileChecking(store);
  await receipt.settle(stored.ok ? 'stored' : 'refused');
  return stored;
}

/** Removes the temporary file, which is gone already if it became a blob. */
const discardFile = (file: UploadedFile): Promise<void> => removeFile(file.path);
