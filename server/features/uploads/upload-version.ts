import { rm } from 'node:fs/promises';
import type { Caller } from '../../access/caller.ts';
import { findProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { queuePlaceOf } from '../../queues/request-queues.ts';
import { type ReceiptWriter, receiptWriter } from './receipts.ts';
import type { UploadedFile } from './receive-file.ts';
import { storeUpload, type Uploaded } from './store-upload.ts';
import { receiveUpload, type UploadPart } from './upload-parts.ts';

export interface UploadRequest {
  readonly projectUuid: string;
  readonly idempotencyKey: string | null;
  readonly parts: AsyncIterable<UploadPart>;
  /** Aborted when the client goes away; null if the server itself uploads. */
  readonly gone: AbortSignal | null;
}

/**
 * Receives a form with a file and stores the file as a version, when it is the caller's turn to have
 * one checked. Failures: those of `receiveUpload`, of `FairQueue.enter` and of `storeUpload`.
 */
export async function uploadVersion(
  context: ServiceContext,
  caller: Caller,
  request: UploadRequest,
): ServiceResult<Uploaded> {
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
    const turn = await context.queues.checks.enter(queuePlaceOf(caller), request.gone);
    if (!turn.ok) {
      await receipt.discard();
      return turn;
    }
    return await checked(receipt, () => storeUpload({ context, caller, ...request, upload: upload.value })).finally(
      turn.value,
    );
  } finally {
    await discardFile(upload.value.file);
  }
}

async function checked(receipt: ReceiptWriter, store: () => ServiceResult<Uploaded>): ServiceResult<Uploaded> {
  const stored = await receipt.whileChecking(store);
  await receipt.settle(stored.ok ? 'stored' : 'refused');
  return stored;
}

/** Removes the temporary file, which is gone already if it became a blob. */
const discardFile = (file: UploadedFile): Promise<void> => rm(file.path, { force: true });
