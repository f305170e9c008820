import { rm, stat } from 'node:fs/promises';
import type { AvatarUploadResponse } from '../../shared/api/avatars.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ApiClient } from '../api/api-client.ts';
import { type UploadReceipt, uploadAvatar } from '../api/upload-avatar.ts';
import type { Log } from '../application.ts';
import { avatarRowFrom } from '../db/api-rows.ts';
import type { Readers, Writers } from '../db/local-database.ts';
import type { TransferRow } from '../db/schema.ts';
import type { BundleFacts } from '../files/bundle-cache.ts';
import { FILE_CHANGED, fileFailure } from '../files/file-failure.ts';
import type { Sync } from '../sync/sync.ts';
import type { AttemptEnd, RunTransfer, TransferRun } from './transfer-run.ts';

export interface UploadRunOptions {
  readonly api: ApiClient;
  readonly sync: Sync;
  /** Name of who is signed in, as the server will show it. */
  readonly actor: string;
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
    const missing = await findFileFailure(row);
    if (missing !== null) return refusedByDisk(missing);
    const answer = await send(options.api, row, run);
    if (answer === null) return refusedByDisk((await findFileFailure(row)) ?? FILE_CHANGED);
    if (!answer.ok) {
      options.sync.noteFailure(answer.failure);
      return { kind: 'failed', because: answer.failure.kind, failure: answer.failure.failure };
    }
    options.sync.applyOwnChange((writers, readers) => recordStored(row, answer.value, { writers, readers, options }));
    if (row.outboxPath !== null) await letGo(options, row, row.outboxPath);
    return { kind: 'stored' };
  };
}

/** The upload is done, whatever becomes of the copy: a cache that cannot keep it costs one download some day. */
async function letGo(options: UploadRunOptions, row: TransferRow, path: string): Promise<void> {
  try {
    await options.keepUploaded({ sha256: row.sha256, sizeBytes: row.totalBytes }, path);
  } catch (error) {
    options.log.warn('An uploaded file could not be kept for previews', { error: String(error) });
    await rm(path, { force: true });
  }
}

/** Null: the copy could not be read while it was sent. */
async function send(api: ApiClient, row: TransferRow, run: TransferRun) {
  run.enter('sending');
  try {
    return await uploadAvatar(api, {
      projectUuid: row.projectUuid,
      idempotencyKey: row.id,
      path: row.outboxPath ?? '',
      fileName: row.fileName,
      fields: {
        lineageUuid: row.lineageUuid,
        name: row.lineageUuid === null ? row.newName : null,
        tags: row.lineageUuid === null ? row.newTags : null,
        description: row.description,
        activate: row.activate,
      },
      signal: run.signal,
      onReceipt: (receipt) => report(receipt, row, run),
    });
  } catch (error) {
    if (isUnreadableFile(error)) return null;
    throw error;
  }
}

function report(receipt: UploadReceipt, row: TransferRow, run: TransferRun): void {
  run.progress(Math.min(receipt.received_bytes, row.totalBytes));
  if (receipt.state === 'checking' || receipt.state === 'stored') run.enter('checking');
}

/** The copy is ours, but people clean up disks: it is looked at before it is sent. */
async function findFileFailure(row: TransferRow): Promise<Failure | null> {
  try {
    const { size } = await stat(row.outboxPath ?? '');
    return size === row.totalBytes ? null : FILE_CHANGED;
  } catch (error) {
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return failure;
  }
}

function isUnreadableFile(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'NotReadableError' || fileFailure(at) !== null) return true;
  }
  return false;
}

function refusedByDisk(failure: Failure): AttemptEnd {
  return { kind: 'failed', because: 'refused', failure };
}

interface Recording {
  readonly writers: Writers;
  readonly readers: Readers;
  readonly options: UploadRunOptions;
}

function recordStored(transfer: TransferRow, stored: AvatarUploadResponse, recording: Recording): readonly string[] {
  const { writers, readers, options } = recording;
  const row = avatarRowFrom(stored);
  writers.transfers.update(transfer.id, {
    state: 'done',
    avatarUuid: row.uuid,
    avatarName: row.name,
    storedLineageUuid: row.lineageUuid,
    version: row.version,
    activation: stored.activation,
    outboxPath: null,
    failure: null,
  });
  writers.transfers.resolveFollowers(transfer.followsId ?? transfer.id, row.lineageUuid);
  writers.avatars.upsert(row);
  if (stored.activation === 'activated' && readers.projects.find(row.projectUuid) !== null) {
    writers.projects.setActive(row.projectUuid, {
      active: { ...row, avatarUuid: row.uuid },
      activeSetBy: options.actor,
      activeSetAt: stored.updated_at ?? stored.created_at,
    });
  }
  return [row.projectUuid];
}
