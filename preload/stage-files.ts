import { ipcRenderer, webUtils } from 'electron';
import { type CallAnswer, outputOf } from '../shared/contract/call-answer.ts';
import type { Failure } from '../shared/contract/failure.ts';
import { STAGE_CHANNEL } from '../shared/contract/shell-channels.ts';
import { MAX_BUNDLE_BYTES } from '../shared/domain/limits.ts';
import type { Result } from '../shared/lib/result.ts';

type FileToStage =
  | { readonly kind: 'path'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array; readonly modifiedAtMs: number }
  | { readonly kind: 'unreadable'; readonly name: string }
  | { readonly kind: 'too-large'; readonly name: string; readonly sizeBytes: number };

/**
 * Sends dropped or chosen files to the main process. A page cannot name a path: only the preload
 * can ask the system for the path of a File that the user dropped or chose. A File without a path
 * (made by a page, or inside a folder for which the system gave none) is sent by its bytes, one at
 * a time, so that never more than one of them is in memory.
 */
export async function stageFiles(projectUuid: string, files: readonly File[]): Promise<Result<null, Failure>> {
  const onDisk: FileToStage[] = [];
  const inMemory: File[] = [];
  for (const file of files) {
    const path = webUtils.getPathForFile(file);
    if (path === '') inMemory.push(file);
    else onDisk.push({ kind: 'path', name: file.name, path });
  }
  const outcomes: Result<null, Failure>[] = [];
  if (onDisk.length > 0) outcomes.push(await send(projectUuid, onDisk));
  for (const file of inMemory) outcomes.push(await send(projectUuid, [await readFile(file)]));
  return outcomes.find((outcome) => !outcome.ok) ?? { ok: true, value: null };
}

async function send(projectUuid: string, files: readonly FileToStage[]): Promise<Result<null, Failure>> {
  const answer: CallAnswer = await ipcRenderer.invoke(STAGE_CHANNEL, { projectUuid, files });
  return answer.ok ? (outputOf(answer) as Result<null, Failure>) : answer;
}

async function readFile(file: File): Promise<FileToStage> {
  if (file.size > MAX_BUNDLE_BYTES) return { kind: 'too-large', name: file.name, sizeBytes: file.size };
  try {
    return {
      kind: 'bytes',
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      modifiedAtMs: file.lastModified,
    };
  } catch {
    // Its only reason is that the file changed or is gone; the upload sheet shows it.
    return { kind: 'unreadable', name: file.name };
  }
}
