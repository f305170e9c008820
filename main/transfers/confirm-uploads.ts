import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { moveFileDurably, syncFolder } from '../../node/atomic-file.ts';
import { type Log, stackOf } from '../../node/log.ts';
import { removeFile } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { UploadTarget } from '../../shared/contract/transfers.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { decisionTime } from '../db/decision-time.ts';
import type { LocalDatabase, Writers } from '../db/local-database.ts';
import type { MayDo } from '../db/may-do.ts';
import { OPEN_STATES } from '../db/transfer-states.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import type { StagedEntry } from '../staging/staged-entry.ts';
import type { Staging } from '../staging/staging.ts';
import type { TransferQueue } from './transfer-queue.ts';
import { type ConfirmedUpload, descriptionFor, planUploads } from './upload-rows.ts';

export interface ConfirmRequest {
  readonly projectUuid: string;
  readonly items: readonly {
    readonly stageId: string;
    readonly target: UploadTarget;
    readonly description?: string | undefined;
    /** A person wants it to be active. */
    readonly activate?: boolean | undefined;
    /**
     * The active version that it may replace without a question. Without `activate` it was not
     * reviewed by a person, and replaces only this one.
     */
    readonly activateOver?: VersionUuid | undefined;
  }[];
}

export interface ConfirmOptions {
  readonly database: LocalDatabase;
  readonly staging: Staging;
  readonly queue: TransferQueue;
  readonly fileWorkers: FileWorkers;
  /** The folder of the upload copies. */
  readonly uploadCopiesDir: string;
  /** True if a person confirms: their files are not offered again, even if the upload fails. */
  readonly isDecision: boolean;
  readonly mayDo: MayDo;
  readonly log: Log;
}

/**
 * Turns staged files into durable uploads. The checked bytes are copied first, so that moving or
 * editing the original afterwards changes nothing. A file that cannot be copied stays in the upload
 * sheet with the reason. The other files are still queued.
 */
export async function confirmUploads(
  options: ConfirmOptions,
  request: ConfirmRequest,
): Promise<Result<{ readonly queued: number }, Failure>> {
  if (!options.mayDo('upload', request.projectUuid)) return fail({ code: 'read_only', action: 'upload' });
  await mkdir(options.uploadCopiesDir, { recursive: true });
  const taken = await Promise.all(request.items.map((item) => takeItem(options, request.projectUuid, item)));
  const uploads = taken.flatMap((one) => (one.ok ? [one.value] : []));
  if (uploads.length === 0) return fail(taken.find((one) => !one.ok)?.failure ?? { code: 'stage_gone' });
  const queued = await queueUploads(options, request, uploads);
  if (!queued.ok) {
    for (const upload of uploads) options.staging.refuse(upload.id, queued.failure);
    return queued;
  }
  await options.staging.discard(uploads.map((upload) => upload.id));
  return ok({ queued: uploads.length });
}

async function queueUploads(
  options: ConfirmOptions,
  request: ConfirmRequest,
  uploads: readonly ConfirmedUpload[],
): Promise<Result<null, Failure>> {
  try {
    await syncFolder(options.uploadCopiesDir);
    // The sign-in may have ended while the copies were made. The next start removes them.
    if (!options.database.isOpen()) return fail({ code: 'signed_out' });
    return options.queue.add(planUploads(uploads, planContext(options, request)), (writers) => {
      // With the rows of the uploads, so that a crash leaves each file in one of the two places.
      writers.stagedFiles.remove(uploads.map(({ id }) => id));
      if (options.isDecision) rememberDecisions(uploads, writers);
    });
  } catch (error) {
    options.log.error('Files could not be queued', { error: stackOf(error) });
    return fail(fileFailure(error) ?? { code: 'unexpected' });
  }
}

function planContext({ database }: ConfirmOptions, { projectUuid }: ConfirmRequest) {
  const names = new Map(
    database.read.versions.ofProject(projectUuid).map((version) => [version.avatarUuid, version.avatarName]),
  );
  const open = database.read.transfers.openUploads(projectUuid, OPEN_STATES);
  return {
    createdAt: decisionTime(database.read),
    openUploads: new Map(open.map((row) => [row.id, row])),
    findAvatar: (wanted: AvatarUuid) => {
      const avatarUuid = names.has(wanted) ? wanted : database.read.transfers.find(wanted)?.storedAvatarUuid;
      if (!avatarUuid) return null;
      const avatarName = names.get(avatarUuid);
      return avatarName === undefined ? null : { avatarUuid, avatarName };
    },
  };
}

async function takeItem(
  options: ConfirmOptions,
  projectUuid: string,
  { stageId, target, description, activate, activateOver }: ConfirmRequest['items'][number],
): Promise<Result<ConfirmedUpload, Failure>> {
  const entry = options.staging.take(projectUuid, stageId);
  if (entry?.progress.kind !== 'inspected') return fail({ code: 'stage_gone' });
  const { inspection } = entry.progress;
  const copyPath = join(options.uploadCopiesDir, `${stageId}.gab`);
  const failure = await makeUploadCopy(options, entry, copyPath);
  if (failure !== null) {
    options.staging.refuse(stageId, failure);
    return fail(failure);
  }
  return ok({
    id: stageId,
    projectUuid,
    fileName: entry.file.fileName,
    inspection,
    target,
    description: descriptionFor(target, description, inspection.report.manifest?.description),
    copyPath,
    watched: entry.file.watched,
    activate: activate ?? false,
    activateOver,
  });
}

function rememberDecisions(uploads: readonly ConfirmedUpload[], writers: Writers): void {
  for (const { projectUuid, watched, inspection, target } of uploads) {
    if (watched === undefined) continue;
    const avatarUuid = target.kind === 'version' ? target.avatarUuid : null;
    writers.watchFolders.remember({ projectUuid, ...watched, sha256: inspection.sha256, avatarUuid });
  }
}

/** Returns the failure, or null if the copy is complete. */
async function makeUploadCopy(
  { fileWorkers, log }: ConfirmOptions,
  entry: StagedEntry,
  copyPath: string,
): Promise<Failure | null> {
  const from = entry.file.path;
  if (from === null || entry.progress.kind !== 'inspected') return { code: 'stage_gone' };
  try {
    if (entry.file.isTemporary) {
      await moveFileDurably(from, copyPath);
      return null;
    }
    const copy = await fileWorkers.copy({ from, to: copyPath });
    if (!copy.ok) return copy.failure;
    if (copy.value.sha256 === entry.progress.inspection.sha256) return null;
    await removeFile(copyPath);
    return { code: 'file_changed' };
  } catch (error) {
    log.error('Could not make an upload copy of a file', { fileName: entry.file.fileName, error: stackOf(error) });
    return fileFailure(error) ?? { code: 'unexpected' };
  }
}
