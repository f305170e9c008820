import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ApiClient } from '../api/api-client.ts';
import { downloadAvatar } from '../api/download-avatar.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import { fileFailure } from '../files/file-failure.ts';
import { saveAs } from '../files/save-as.ts';
import type { Sync } from '../sync/sync.ts';
import type { AttemptEnd, RunTransfer, TransferRun } from './transfer-run.ts';

export interface DownloadRunOptions {
  readonly api: ApiClient;
  readonly database: LocalDatabase;
  readonly sync: Sync;
  readonly downloadsDir: string;
}

const DAMAGED: Failure = {
  code: 'internal',
  title: 'The file arrived damaged',
  detail: 'What the server sent is not the file that was uploaded: its checksum is different.',
  hint: 'Try again. If it happens again, tell your administrator.',
};

/** Fetches a version's file; it gets its name only when it is complete, on the disk and the very bytes of the upload. */
export function createDownloadRun(options: DownloadRunOptions): RunTransfer {
  return async (row, run) => {
    // Beside its final place, so that the last step is a rename; the id keeps parallel downloads apart.
    const temporaryPath = join(options.downloadsDir, `.gabinet-${row.id}.part`);
    try {
      return await fetchAndSave(options, row, { run, temporaryPath });
    } catch (error) {
      const failure = fileFailure(error);
      if (failure === null) throw error;
      return { kind: 'failed', because: 'refused', failure };
    } finally {
      await rm(temporaryPath, { force: true }).catch(() => undefined);
    }
  };
}

async function fetchAndSave(
  { api, database, sync, downloadsDir }: DownloadRunOptions,
  row: TransferRow,
  { run, temporaryPath }: { readonly run: TransferRun; readonly temporaryPath: string },
): Promise<AttemptEnd> {
  await mkdir(downloadsDir, { recursive: true });
  run.enter('receiving');
  const answer = await downloadAvatar(api, {
    avatarUuid: row.avatarUuid ?? '',
    path: temporaryPath,
    signal: run.signal,
    onProgress: (receivedBytes) => run.progress(receivedBytes),
  });
  if (!answer.ok) {
    sync.noteFailure(answer.failure);
    return { kind: 'failed', because: answer.failure.kind, failure: answer.failure.failure };
  }
  run.enter('checking');
  if (answer.value.sizeBytes !== row.totalBytes || answer.value.sha256 !== row.sha256) {
    return { kind: 'failed', because: 'unavailable', failure: DAMAGED };
  }
  const savedPath = await saveAs(temporaryPath, downloadsDir, row.fileName);
  database.write((writers) => writers.transfers.update(row.id, { state: 'done', savedPath, failure: null }));
  return { kind: 'stored' };
}
