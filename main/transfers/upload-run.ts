import type { ApiClient } from '../../node/api-client/api-client.ts';
import { toFailure } from '../../node/api-client/api-failure.ts';
import type { Pace } from '../../node/api-client/pace.ts';
import { type SendFailure, sendUpload } from '../../node/api-client/send-upload.ts';
import { causesOf } from '../../node/error-code.ts';
import type { Log } from '../../node/log.ts';
import { removeFile } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail } from '../../shared/lib/result.ts';
import type { TransferRow } from '../db/schema.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { BundleFacts } from '../files/bundle-cache.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import type { Sync } from '../sync/sync.ts';
import { recordStored } from './record-stored.ts';
import { type AttemptEnd, RESULT_NOT_SAVED, type RunTransfer, type TransferRun } from './transfer-run.ts';

export interface UploadRunOptions {
  readonly api: ApiClient;
  readonly fileWorkers: Pick<FileWorkers, 'describe' | 'chunk' | 'measure'>;
  /** Limits the bandwidth of all uploads together. */
  readonly pace: Pace;
  readonly sync: Sync;
  /** Name of the signed-in user, as the server shows it. */
  actor(): string;
  /** Called when the upload may have put operations into the outbox. */
  wakeOutbox(): void;
  /** Takes over the upload copy of a file that the server has stored. */
  keepUploaded(facts: BundleFacts, path: string): Promise<void>;
  readonly log: Log;
}

/**
 * Sends an upload copy. After the server's commit one local transaction marks the transfer as done
 * and adds the version to the library, so that the tray and the cards never disagree.
 */
export function createUploadRun(options: UploadRunOptions): RunTransfer {
  return async (row, run) => {
    const sent = await send(options, row, run);
    if (!sent.ok) return ended(options, sent.failure);
    const actor = options.actor();
    const written = options.sync.applyOwnChange((writers, readers) =>
      recordStored(row, sent.value, { writers, readers, actor }),
    );
    if (!written.ok) return RESULT_NOT_SAVED;
    options.wakeOutbox();
    if (row.copyPath !== null) await keepForPreviews(options, row, row.copyPath);
    return { kind: 'stored' };
  };
}

function ended(options: UploadRunOptions, failed: SendFailure): AttemptEnd {
  if (failed.kind === 'file') {
    const { kind: _kind, ...failure } = failed;
    return { kind: 'failed', because: 'refused', failure };
  }
  options.sync.noteFailure(failed);
  const { kind, retryAfterMs } = failed;
  return { kind: 'failed', because: kind, failure: toFailure(failed), retryAfterMs };
}

/** Failing to cache the copy does not fail the upload. It costs one download later. */
async function keepForPreviews(options: UploadRunOptions, row: TransferRow, path: string): Promise<void> {
  try {
    await options.keepUploaded({ sha256: row.sha256, sizeBytes: row.totalBytes }, path);
  } catch (error) {
    options.log.warn('Could not keep an uploaded file for previews', { error: String(error) });
    await removeFile(path);
  }
}

/** The failure if the copy was deleted or damaged while it was sent; null for any other error. */
function copyFailure(error: unknown): Failure | null {
  for (const cause of causesOf(error)) {
    if (cause.name === 'NotReadableError') return { code: 'file_changed' };
    const failure = fileFailure(cause);
    if (failure !== null) return failure;
  }
  return null;
}

async function send(options: UploadRunOptions, row: TransferRow, run: TransferRun) {
  try {
    return await sendUpload(options, row, run);
  } catch (error) {
    const failure = copyFailure(error);
    if (failure === null) throw error;
    return fail({ ...failure, kind: 'file' });
  }
}
