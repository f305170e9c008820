import { rm } from 'node:fs/promises';
import type { Log } from '../../node/log.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail } from '../../shared/lib/result.ts';
import type { ApiClient } from '../api/api-client.ts';
import type { TransferRow } from '../db/schema.ts';
import { FILE_CHANGED, fileFailure } from '../failures/file-failure.ts';
import type { BundleFacts } from '../files/bundle-cache.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import type { Sync } from '../sync/sync.ts';
import type { Pace } from '../timing/bandwidth.ts';
import { recordStored } from './record-stored.ts';
import { type SendFailure, sendUpload } from './send-upload.ts';
import type { AttemptEnd, RunTransfer, TransferRun } from './transfer-run.ts';

export interface UploadRunOptions {
  readonly api: ApiClient;
  readonly fileWorkers: Pick<FileWorkers, 'describe' | 'chunk' | 'measure'>;
  /** When the bytes of all uploads may go out. */
  readonly pace: Pace;
  readonly sync: Sync;
  /** Name of who is signed in, as the server will show it. */
  readonly actor: string;
  /** What could not be done in the same step is in the outbox. */
  wakeOutbox(): void;
  /** Takes over the private copy of what the server has now. */
  keepUploaded(facts: BundleFacts, path: string): Promise<void>;
  readonly log: Log;
}

/**
 * Sends an upload's private copy. Done is said only after the server's commit, and in the same local transaction the new
 * version is in the library: the tray and the cards never disagree.
 */
export function createUploadRun(options: UploadRunOptions): RunTransfer {
  return async (row, run) => {
    const sent = await send(options, row, run);
    if (!sent.ok) return ended(options, sent.failure);
    const { actor } = options;
    options.sync.applyOwnChange((writers, readers) => recordStored(row, sent.value, { writers, readers, actor }));
    options.wakeOutbox();
    if (row.copyPath !== null) await keepForPreviews(options, row, row.copyPath);
    return { kind: 'stored' };
  };
}

function ended(options: UploadRunOptions, failed: SendFailure): AttemptEnd {
  if (failed.kind === 'file') return refusedByDisk(failed.failure);
  options.sync.noteFailure(failed.failure);
  const { kind, failure, retryAfterMs } = failed.failure;
  return { kind: 'failed', because: kind, failure, retryAfterMs };
}

/** The upload is done, whatever becomes of the copy: a cache that cannot keep it costs one download some day. */
async function keepForPreviews(options: UploadRunOptions, row: TransferRow, path: string): Promise<void> {
  try {
    await options.keepUploaded({ sha256: row.sha256, sizeBytes: row.totalBytes }, path);
  } catch (error) {
    options.log.warn('An uploaded file could not be kept for previews', { error: String(error) });
    await rm(path, { force: true });
  }
}

/** The copy was gone or damaged while it was sent: said with what the disk said. */
function isUnreadableFile(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'NotReadableError' || fileFailure(at) !== null) return true;
  }
  return false;
}

async function send(options: UploadRunOptions, row: TransferRow, run: TransferRun) {
  try {
    return await sendUpload(options, row, run);
  } catch (error) {
    if (!isUnreadableFile(error)) throw error;
    return fail({ kind: 'file' as const, failure: fileFailure(error) ?? FILE_CHANGED });
  }
}

function refusedByDisk(failure: Failure): AttemptEnd {
  return { kind: 'failed', because: 'refused', failure };
}
