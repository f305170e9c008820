import { ipcRenderer, webUtils } from 'electron';
import { MAX_STAGED_BYTES, STAGE_CHANNEL } from './shell-channels.ts';

type StagedFile =
  | { readonly kind: 'path'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly name: string; readonly sizeBytes: number };

/**
 * Hands dropped or chosen files over. A page cannot name a path: the system gives it for a File that the user dropped or
 * chose, and only here. A File that lies nowhere on the disk (made by a page, or of a folder that the system gave no path for)
 * is sent by its bytes, one at a time, so that never more than one of them is in memory.
 */
export async function stageFiles(projectUuid: string, files: readonly File[]): Promise<void> {
  const onDisk: StagedFile[] = [];
  const inMemory: File[] = [];
  for (const file of files) {
    const path = webUtils.getPathForFile(file);
    if (path === '') inMemory.push(file);
    else onDisk.push({ kind: 'path', name: file.name, path });
  }
  const problems: unknown[] = [];
  const send = (staged: readonly StagedFile[]) =>
    ipcRenderer.invoke(STAGE_CHANNEL, { projectUuid, files: staged }).catch((error: unknown) => problems.push(error));
  if (onDisk.length > 0) await send(onDisk);
  for (const file of inMemory) await send([await withoutPath(file)]);
  if (problems.length > 0) throw new Error(problems.map(String).join(' '));
}

async function withoutPath(file: File): Promise<StagedFile> {
  if (file.size > MAX_STAGED_BYTES) return { kind: 'too-large', name: file.name, sizeBytes: file.size };
  return { kind: 'bytes', name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
