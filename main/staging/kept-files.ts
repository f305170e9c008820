import type { Log } from '../../node/log.ts';
import { removeFile } from '../../node/remove.ts';
import type { UploadChoice } from '../../shared/contract/transfers.ts';
import type { LocalDatabase, Writers } from '../db/local-database.ts';
import type { StagedFileRow } from '../db/schema.ts';
import type { ReceivedFile } from './received-file.ts';

/** What is kept of a staged file. */
export interface KeptFile {
  readonly stageId: string;
  readonly projectUuid: string;
  readonly file: ReceivedFile;
  readonly choice: UploadChoice;
}

/** The rows of the upload sheets, so that a restart brings the sheets back. */
export interface KeptFiles {
  /** Returns the files of an earlier run, and deletes those that were discarded. */
  restore(): Promise<readonly KeptFile[]>;
  add(files: readonly KeptFile[]): void;
  /** The file was replaced by a copy. */
  replace(stageId: string, file: ReceivedFile): void;
  choose(stageId: string, choice: UploadChoice): void;
  setDiscarded(stageIds: readonly string[], isDiscarded: boolean): void;
  remove(stageIds: readonly string[]): void;
}

export function keepFiles(database: LocalDatabase, log: Log): KeptFiles {
  /** On a full disk the sheet stays as it is on the screen, but a restart does not bring it back. */
  const write = (work: (writers: Writers) => void): void => {
    if (!database.isOpen()) return;
    const written = database.tryWrite(work);
    if (!written.ok) log.warn('The upload sheet could not be saved', written.failure);
  };
  const updateAll = (stageIds: readonly string[], patch: Partial<StagedFileRow>) =>
    write((writers) => {
      for (const stageId of stageIds) writers.stagedFiles.update(stageId, patch);
    });
  return {
    restore: async () => {
      const rows = database.read.stagedFiles.all();
      const discarded = rows.filter(({ isDiscarded }) => isDiscarded);
      for (const { isTemporary, path } of discarded) if (isTemporary && path !== null) await removeFile(path);
      write((writers) => writers.stagedFiles.remove(discarded.map(({ stageId }) => stageId)));
      return rows.filter(({ isDiscarded }) => !isDiscarded).map(keptFileFrom);
    },
    add: (files) =>
      write((writers) => {
        for (const { file, ...rest } of files) writers.stagedFiles.insert({ ...rest, ...columnsOf(file) });
      }),
    replace: (stageId, file) => updateAll([stageId], columnsOf(file)),
    choose: (stageId, choice) => updateAll([stageId], { choice }),
    setDiscarded: (stageIds, isDiscarded) => updateAll(stageIds, { isDiscarded }),
    remove: (stageIds) => write((writers) => writers.stagedFiles.remove(stageIds)),
  };
}

function columnsOf({ path, fileName, sizeBytes, isTemporary, modifiedAtMs, failure, watched }: ReceivedFile) {
  return {
    path,
    fileName,
    sizeBytes,
    isTemporary,
    modifiedAtMs: modifiedAtMs ?? null,
    failure: failure ?? null,
    watched: watched ?? null,
  };
}

function keptFileFrom({ stageId, projectUuid, choice, ...row }: StagedFileRow): KeptFile {
  const { path, fileName, sizeBytes, isTemporary, modifiedAtMs, failure, watched } = row;
  const file = {
    path,
    fileName,
    sizeBytes,
    isTemporary,
    ...(modifiedAtMs !== null && { modifiedAtMs }),
    ...(failure !== null && { failure }),
    ...(watched !== null && { watched }),
  };
  return { stageId, projectUuid, choice, file };
}
