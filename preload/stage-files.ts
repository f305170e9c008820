import { ipcRenderer, webUtils } from 'electron';
import { STAGE_CHANNEL } from '../shared/contract/shell-channels.ts';
import { MAX_BUNDLE_BYTES } from '../shared/domain/limits.ts';

type FileToStage =
  | { readonly kind: 'path'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly name: string; readonly sizeBytes: number };

/**
 * Sends dropped or chosen files to the main process. A page cannot name a path: only the preload
 * can ask the system for the path of a File that the user dropped or chose. A File without a path
 * (made by a page, or inside a folder for which the system gave none) is sent by its bytes, one at
 * a time, so that never more than one of them is in memory.
 */
export async function stageFiles(projectUuid: string, files: readonly File[]): Promise<void> {
  const onDisk: FileToStage[] = [];
  const inMemory: File[] = [];
  for (const file of files) {
    const path = webUtils.getPathForFile(file);
    if (path === '') inMemory.push(file);
    else onDisk.push({ kind: 'path', name: file.name, path });
  }
  const errors: unknown[] = [];
  const send = (group: readonly FileToStage[]) =>
    ipcRenderer.invoke(STAGE_CHANNEL, { projectUuid, files: group }).catch((error: unknown) => errors.push(error));
  if (onDisk.length > 0) await send(onDisk);
  for (const file of inMemory) await send([await readFile(file)]);
  if (errors.length > 0) throw new Error(errors.map(String).join(' '));
}

async function readFile(file: File): Promise<FileToStage> {
  if (file.size > MAX_BUNDLE_BYTES) return { kind: 'too-large', name: file.name, sizeBytes: file.size };
  return { kind: 'bytes', name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
