import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ifMissing } from '../error-code.ts';
import { removeFile } from '../remove.ts';
import type { WriteZipOptions } from './export-file.ts';

type Plan = Pick<WriteZipOptions, 'files' | 'target'>;

/** A ZIP that is being written, under another name in the same folder. */
export interface PartialZip {
  readonly path: string;
  readonly handle: FileHandle;
  /** Whether an earlier attempt has written to it. */
  readonly isResumed: boolean;
}

/** Opens the temporary file of a ZIP, with its final size. The caller closes it. */
export async function openPartialZip({
  files,
  target,
  isResumable = false,
  sizeBytes,
}: Plan & { readonly isResumable?: boolean; readonly sizeBytes: number }): Promise<PartialZip> {
  await mkdir(dirname(target), { recursive: true });
  const path = isResumable ? partialPath({ files, target }) : temporaryPath(target, randomUUID());
  const existing = isResumable ? await open(path, 'r+').catch(ifMissing(null)) : null;
  // As the umask allows, like any saved file.
  const handle = existing ?? (await open(path, 'wx+', 0o666));
  try {
    await handle.truncate(sizeBytes);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { path, handle, isResumed: existing !== null };
}

/** Removes what an interrupted resumable ZIP has left, if there is something. */
export function discardPartialZip(plan: Plan): Promise<void> {
  return removeFile(partialPath(plan));
}

/** The same for the same files only: names, sizes and hashes decide what is where. */
function partialPath({ files, target }: Plan): string {
  const hash = createHash('sha256');
  for (const { path, sizeBytes, sha256 } of files) hash.update(`${sha256} ${sizeBytes} ${path}\0`);
  return temporaryPath(target, hash.digest('hex').slice(0, 32));
}

function temporaryPath(target: string, id: string): string {
  return join(dirname(target), `gabinet-${id}.part`);
}
