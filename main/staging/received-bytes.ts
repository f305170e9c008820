import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile } from '../../node/remove.ts';
import { renameFile } from '../../node/rename.ts';
import type { KeptFile } from './kept-files.ts';
import type { ReceivedFile } from './received-file.ts';
import { isTooLarge, type StagedEntry, type StageProgress } from './staged-entry.ts';

export function firstProgress(file: ReceivedFile): StageProgress {
  if (isTooLarge(file.sizeBytes)) return { kind: 'too-large' };
  if (file.path !== null) return { kind: 'inspecting' };
  return { kind: 'unreadable', failure: file.failure ?? { code: 'file_gone' } };
}

/**
 * Moves received bytes to `path`, where they stay until they are uploaded or discarded. Deletes those
 * that will not be read.
 */
export async function ownReceived(received: ReceivedFile, path: string): Promise<ReceivedFile> {
  if (!received.isTemporary || received.path === null) return received;
  if (firstProgress(received).kind !== 'inspecting') {
    await deleteReceived(received);
    return { ...received, path: null };
  }
  await renameFile(received.path, path);
  return { ...received, path };
}

/** A crash may have left a file among the upload copies before its upload was recorded. */
export async function returnUnqueued({ stageId, file }: KeptFile, uploadCopiesDir: string): Promise<void> {
  const copy = join(uploadCopiesDir, `${stageId}.gab`);
  if (!file.isTemporary || file.path === null || existsSync(file.path) || !existsSync(copy)) return;
  await renameFile(copy, file.path);
}

export async function deleteOwned({ file, picturePath }: StagedEntry): Promise<void> {
  await deleteReceived(file);
  await removeFile(picturePath);
}

/** Deletes only temporary files. A file that was chosen belongs to the user. */
export async function deleteReceived(file: ReceivedFile): Promise<void> {
  if (file.isTemporary && file.path !== null) await removeFile(file.path);
}
