import { rm } from 'node:fs/promises';
import type { Caller } from '../../access/caller.ts';
import { findProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import { receiptWriter } from './receipts.ts';
import type { UploadedFile } from './receive-file.ts';
import { storeUpload, type Uploaded } from './store-upload.ts';
import { receiveUpload, type UploadPart } from './upload-parts.ts';

export interface UploadRequest {
  readonly projectUuid: string;
  readonly idempotencyKey: string | null;
  readonly parts: AsyncIterable<UploadPart>;
}

/**
 * Receives a form with a file and stores the file as a version. Failures: those of `receiveUpload`
 * and of `storeUpload`.
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
    const stored = await receipt.whileChecking(() =>
      storeUpload({ context, caller, ...request, upload: upload.value }),
    );
    await receipt.settle(stored.ok ? 'stored' : 'refused');
    return stored;
  } finally {
    await discardFile(upload.value.file);
  }
}

/** Removes the temporary file, which is gone already if it became a blob. */
const discardFile = (file: UploadedFile): Promise<void> => rm(file.path, { force: true });
