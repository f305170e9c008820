import { randomUUID } from 'node:crypto';
import { removeFile } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { AllTransfersCommand, TransferCommand, TransferView } from '../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import { ENDED_STATES } from '../db/transfer-states.ts';
import { type ConfirmOptions, type ConfirmRequest, confirmUploads } from './confirm-uploads.ts';
import type { SaveCached } from './save-cached.ts';
import type { TransferQueue } from './transfer-queue.ts';

/** The commands of the contract. One that makes no sense in a transfer's state changes nothing. */
type TransferCommands = { readonly [Command in TransferCommand]: (id: string) => void } & {
  readonly [Command in AllTransfersCommand]: () => void;
};

/** Uploads and downloads as the tray and the sheet command them. */
export interface Transfers {
  confirm(request: ConfirmRequest): Promise<Result<{ readonly queued: number }, Failure>>;
  /**
   * Downloads a version into the downloads folder under its original name, or copies it there if its
   * bytes are on this machine.
   */
  download(versionUuid: VersionUuid): Promise<Result<{ readonly id: string }, Failure>>;
  list(): TransferView[];
  readonly commands: TransferCommands;
  /** Removes ended transfers, and their upload copies, which were kept for a retry. */
  clearEnded(): Promise<Result<null, Failure>>;
  /** The path of a finished download. Null for any other transfer. */
  savedPath(id: string): string | null;
}

export interface TransfersOptions extends ConfirmOptions {
  readonly saveCached: SaveCached;
}

export function createTransfers(options: TransfersOptions): Transfers {
  const { database, queue } = options;
  return {
    confirm: (request) => confirmUploads(options, request),
    download: (versionUuid) => download(options, versionUuid),
    list: () => queue.list(),
    commands: queue,
    clearEnded: () => clearEnded(database, queue),
    savedPath: (id) => database.read.transfers.find(id)?.savedPath ?? null,
  };
}

async function download(
  { database, queue, saveCached }: TransfersOptions,
  versionUuid: VersionUuid,
): Promise<Result<{ readonly id: string }, Failure>> {
  const version = database.read.versions.find(versionUuid);
  if (version === null) return fail({ code: 'version_gone' });
  const id = randomUUID();
  const saved = await saveCached(id, version);
  if (!saved.ok) return saved;
  const row = {
    id,
    kind: 'download' as const,
    ...(saved.value === null
      ? { state: 'waiting' as const }
      : { state: 'done' as const, savedPath: saved.value, doneBytes: version.sizeBytes }),
    projectUuid: version.projectUuid,
    fileName: version.fileName,
    avatarName: version.name,
    totalBytes: version.sizeBytes,
    sha256: version.sha256,
    versionUuid: version.uuid,
    version: version.version,
    createdAt: new Date().toISOString(),
  };
  const added = queue.add([row]);
  return added.ok ? ok({ id }) : added;
}

async function clearEnded(database: LocalDatabase, queue: TransferQueue): Promise<Result<null, Failure>> {
  const ended = database.read.transfers.inStates(ENDED_STATES);
  const removed = database.tryWrite((writers) => writers.transfers.remove(ended.map((row) => row.id)));
  if (!removed.ok) return removed;
  queue.announce();
  for (const row of ended) {
    if (row.copyPath !== null) await removeFile(row.copyPath);
  }
  return ok(null);
}
