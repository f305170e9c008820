import { mkdir } from 'node:fs/promises';
import type { ApiClient } from '../../node/api-client/api-client.ts';
import { type ApiFailure, toFailure } from '../../node/api-client/api-failure.ts';
import { resumeDownload } from '../../node/api-client/resume-download.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { type FreeBytesAt, findLackOfSpace } from '../files/free-space.ts';
import type { PartialFiles } from '../files/partial-files.ts';
import { saveAs } from '../files/save-as.ts';
import type { Sync } from '../sync/sync.ts';
import { type AttemptEnd, RESULT_NOT_SAVED, type RunTransfer, type TransferRun } from './transfer-run.ts';

export interface DownloadRunOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly fileWorkers: Pick<FileWorkers, 'measure'>;
  readonly sync: Pick<Sync, 'noteFailure'>;
  /** The partial files, in the folder of the finished downloads. */
  readonly partials: PartialFiles;
  readonly freeBytes?: FreeBytesAt;
}

/**
 * Downloads a version's file and continues a partial file of an earlier attempt. The file gets its
 * final name only when it is complete, stored on the disk and identical to the uploaded bytes. If
 * the disk or the server refuses the download, the partial file is deleted, so that a full disk
 * gets its space back.
 */
export function createDownloadRun(options: DownloadRunOptions): RunTransfer {
  return async (row, run) => {
    try {
      return await fetchAndSave(options, row, run);
    } catch (error) {
      const failure = fileFailure(error);
      if (failure === null) throw error;
      return refused(options, row, failure);
    }
  };
}

async function fetchAndSave(options: DownloadRunOptions, row: TransferRow, run: TransferRun): Promise<AttemptEnd> {
  const { api, partials } = options;
  if (row.versionUuid === null) throw new Error(`The download ${row.id} names no version`);
  const neededBytes = Math.max(row.totalBytes - (await partials.presentBytes(row.id)), 0);
  const lack = await findLackOfSpace({ folder: partials.folder, neededBytes }, options.freeBytes);
  if (lack !== null) return refused(options, row, lack);
  await mkdir(partials.folder, { recursive: true });
  run.enter('receiving');
  const path = partials.path(row.id);
  const result = await resumeDownload(api, {
    versionUuid: row.versionUuid,
    sha256: row.sha256,
    sizeBytes: row.totalBytes,
    path,
    signal: run.signal,
    onProgress: (presentBytes) => run.progress(presentBytes),
  });
  if (!result.ok) return failed(options, row, result.failure);
  run.enter('checking');
  const measured = await options.fileWorkers.measure({ path });
  if (!measured.ok) return refused(options, row, measured.failure);
  if (measured.value.sizeBytes !== row.totalBytes || measured.value.sha256 !== row.sha256) {
    await partials.remove(row.id);
    return { kind: 'failed', because: 'unavailable', failure: { code: 'download_damaged' } };
  }
  const savedPath = await saveAs(path, partials.folder, row.fileName);
  const saved = { state: 'done', savedPath, failure: null } as const;
  const written = options.database.tryWrite((writers) => writers.transfers.update(row.id, saved));
  return written.ok ? { kind: 'stored' } : RESULT_NOT_SAVED;
}

async function failed(options: DownloadRunOptions, row: TransferRow, apiFailure: ApiFailure): Promise<AttemptEnd> {
  const { kind, retryAfterMs } = apiFailure;
  const failure = toFailure(apiFailure);
  options.sync.noteFailure(apiFailure);
  if (kind === 'refused') return refused(options, row, failure);
  await options.partials.removeIfEmpty(row.id);
  return { kind: 'failed', because: kind, failure, retryAfterMs };
}

async function refused({ partials }: DownloadRunOptions, row: TransferRow, failure: Failure): Promise<AttemptEnd> {
  await partials.remove(row.id).catch(() => undefined);
  return { kind: 'failed', because: 'refused', failure };
}
