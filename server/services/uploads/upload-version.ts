import { rm } from 'node:fs/promises';
import type { Result } from '../../../shared/lib/result.ts';
import type { Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { findProject } from '../find-permitted.ts';
import type { ApiFailure } from '../service-failure.ts';
import { receiptWriter } from './receipts.ts';
import type { ReceivedFile } from './receive-file.ts';
import { storeUpload, type Uploaded } from './store-upload.ts';
import { receiveUpload, type UploadPart } from './upload-parts.ts';

export interface UploadRequest {
  readonly projectUuid: string;
  readonly idempotencyKey: string | null;
  readonly parts: AsyncIterable<UploadPart>;
}

/** Takes a file in and stores it. Failures: those of `receiveUpload` and of `storeUpload`. */
export async function uploadAvatar(
  context: ServiceContext,
  caller: Caller,
  request: UploadRequest,
): Promise<Result<Uploaded, ApiFailure>> {
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

/** The temp file; gone already where it became a blob. */
const discardFile = (file: ReceivedFile): Promise<void> => rm(file.path, { force: true });
